class ReferenceConverter:
    """A territory's reference in an address: never mistaken for another page."""

    regex = r"FR|(?:REG|DEP|EPCI|EPT|COM)-[0-9A-Za-z]{1,9}|PRJ-[0-9a-z-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
