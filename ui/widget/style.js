export const STYLE = ""; // widget.css is put here when the script is served (see ui/embed_files.py)
