"""Where a finding stands, as other programs want to be told: paths, lines, columns."""

from __future__ import annotations

from pathlib import Path

from citecheck.models import Article


def path_of(article: Article) -> str:
    """The path of a draft as an editor or a build server finds it from here, else its id."""
    if article.path is None:
        return article.id
    path = Path(article.path)
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
