"""What a browser would send for the forms of a page, before anybody touches them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TOKEN = "csrfmiddlewaretoken"


@dataclass
class ReadForm:
    """A form of a page: where it goes, how, and its successful controls."""

    action: str
    method: str
    css: str
    data: dict[str, list[str]] = field(default_factory=dict)
    # Every field, those too that send nothing as they are.
    names: set[str] = field(default_factory=set)


class FormReader(HTMLParser):
    """Reads every form of a page."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.form = self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.form = ReadForm(
                attrs.get("action", ""),
                attrs.get("method", "get").upper(),
                attrs.get("class", ""),
            )
            self.forms.append(self.form)
        elif self.form is not None:
            self._read_control(tag, attrs)

    def _read_control(self, tag, attrs):
        name = attrs.get("name")
        if name and tag in ("input", "select", "textarea", "button"):
            self.form.names.add(name)
        if tag == "input":
            self._read_input(attrs)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if self.select not in self.form.data or "selected" in attrs:
                self.form.data[self.select] = [attrs.get("value", "")]
        elif tag == "textarea":
            self.textarea = name
            self.form.data[name] = [""]

    def _read_input(self, attrs):
        is_box = attrs.get("type") in ("checkbox", "radio")
        if "name" in attrs and (not is_box or "checked" in attrs):
            self.form.data.setdefault(attrs["name"], []).append(
                attrs.get("value", "on" if is_box else "")
            )

    def handle_data(self, data):
        if self.textarea:
            self.form.data[self.textarea] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def forms_of(text):
    """Return the forms of a page, without the token that each may carry."""
    reader = FormReader()
    reader.feed(text)
    for form in reader.forms:
        form.data.pop(TOKEN, None)
        form.names.discard(TOKEN)
    return reader.forms


def form_data(response):
    """Return the fields of the guided form, each with its list of values."""
    found = [form for form in forms_of(response.text) if "al-edition" in form.css]
    return {name: value for form in found for name, value in form.data.items()}
