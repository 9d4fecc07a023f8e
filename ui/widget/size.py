"""Prints how large the widget's script is as it goes over the line: python -m ui.widget.size."""

import sys

from ui.embed_files import script, zipped

LIMIT = 30 * 1024


def main() -> int:
    """Exit status 1 when the script is over the limit."""
    plain = script()
    size = len(zipped(plain))
    sys.stdout.write(f"widget.js: {size / 1024:.1f} KB gzipped of {LIMIT // 1024} KB allowed ({len(plain) / 1024:.1f} KB plain)\n")
    return int(size > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
