"""The static provenance report: a folder of pages that an editor opens from disk, with no server and no network.

`write_report(corpus, families, folder, data)` writes it; `write_check(checked, file)` writes the findings of a check
as one page. Pages are named tuples made here and printed by the Jinja2 templates in the top-level `templates/` folder;
this package is the only one that knows Jinja2.
"""

from citecheck.html.check import check_page, write_check
from citecheck.html.write import write_report

__all__ = ["check_page", "write_check", "write_report"]
