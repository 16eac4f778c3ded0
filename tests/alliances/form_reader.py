"""What a browser would send for the form of a page, before anybody touches it."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Reads the successful controls of the form that has the class ``al-edition``."""

    def __init__(self):
        super().__init__()
        self.is_inside = False
        self.data = {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = "al-edition" in attrs.get("class", "")
        if not self.is_inside:
            return
        if tag == "input":
            self._read_input(attrs)
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and self.select:
            if self.select not in self.data or "selected" in attrs:
                self.data[self.select] = [attrs.get("value", "")]
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.data[self.textarea] = [""]

    def _read_input(self, attrs):
        is_box = attrs.get("type") in ("checkbox", "radio")
        if "name" in attrs and (not is_box or "checked" in attrs):
            self.data.setdefault(attrs["name"], []).append(
                attrs.get("value", "on" if is_box else "")
            )

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def form_data(response):
    """Return the fields of the page, each with its list of values."""
    reader = FormReader()
    reader.feed(response.text)
    return {
        name: values
        for name, values in reader.data.items()
        if name != "csrfmiddlewaretoken"
    }
