"""Who reads what. A reader is imported when the first file of its kind is met: most runs meet one kind."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from citecheck.readers.document import Reader

#: Suffix → module and function.
READERS: dict[str, str] = {
    ".atom": "feeds.read_xml",
    ".csv": "tables.read_csv",
    ".docx": "office.read_docx",
    ".eml": "email.read_email",
    ".epub": "epub.read_epub",
    ".htm": "html.read_html",
    ".html": "html.read_html",
    ".json": "ninjs.read_json",
    ".jsonl": "jsonl.read_jsonl",
    ".mbox": "email.read_mbox",
    ".md": "markdown.read_markdown",
    ".mht": "email.read_mhtml",
    ".mhtml": "email.read_mhtml",
    ".odt": "office.read_odt",
    ".pdf": "pdf.read_pdf",
    ".rss": "feeds.read_xml",
    ".rtf": "rtf.read_rtf",
    ".srt": "captions.read_captions",
    ".tar": "containers.read_tar",
    ".tar.gz": "containers.read_tar",
    ".tgz": "containers.read_tar",
    ".tsv": "tables.read_csv",
    ".txt": "plain.read_plain",
    ".vtt": "captions.read_captions",
    ".wacz": "warc.read_wacz",
    ".warc": "warc.read_warc",
    ".warc.gz": "warc.read_warc",
    ".xhtml": "html.read_html",
    ".xml": "feeds.read_xml",
    ".zip": "containers.read_zip",
}


def suffix_of(name: str) -> str:
    """The suffix that decides who reads a file of this name, in lower case: two parts (".tar.gz") where they are known.

    That of an unknown kind is its last part; of a name without one it is empty.
    """
    parts = name.lower().rsplit("/", 1)[-1].lstrip(".").split(".")
    double = "." + ".".join(parts[-2:])
    if len(parts) > 2 and double in READERS:
        return double
    return f".{parts[-1]}" if len(parts) > 1 else ""


def reader_of(suffix: str) -> Reader | None:
    """The reader of a suffix, or None where there is none."""
    if suffix not in READERS:
        return None
    module, function = READERS[suffix].split(".")
    return cast(Reader, getattr(import_module(f"citecheck.readers.{module}"), function))
