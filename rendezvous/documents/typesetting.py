"""Run as a program of its own: read an order, set one template in type, end.

Apart from the site, so that time and memory are bounded by the system, and so that what
the compiler remembers ends with it. Reads JSON on its input, writes a PDF on its output.
"""

import json
import resource
import sys
from typing import Any


def main() -> int:
    """Obey one order; the exit status tells whether a document was written."""
    order: dict[str, Any] = json.load(sys.stdin.buffer)
    _limit(order["seconds"], order["memory_bytes"])
    import typst  # noqa: PLC0415 - after the limits

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[order["fonts"]])
    try:
        document = typst.compile(
            order["template"],
            root=order["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=order["timestamp"],
            sys_inputs={"data": order["data"]},
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(document)
    return 0


def _limit(seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
