"""What a site asks of programs (robots.txt, RFC 9309), and how long to wait between two requests to it."""

from __future__ import annotations

import time
from collections.abc import Callable

from protego import Protego

from citecheck.fetch.network import AGENT, Got, Network, RefusedError, origin

#: Rules behind this many bytes are not read (RFC 9309 asks for at least 500 KiB).
_LONGEST = 512_000
#: A site that asks for longer waits is left alone, and that is said.
_LONGEST_DELAY = 60.0


class Manners:
    """Keeps the rules of each site. `delay` is the least time between two requests to one site, in seconds."""

    def __init__(self, network: Network, delay: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._network = network
        self._delay = delay
        self._sleep = sleep
        self._rules: dict[str, Protego | str] = {}
        self._next: dict[str, float] = {}

    def enter(self, url: str) -> None:
        """Wait for our turn at a site. Raises RefusedError where its rules do not allow this address."""
        site = origin(url)
        if site not in self._rules:
            self._rules[site] = self._read(site)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise RefusedError(rules)
        if not rules.can_fetch(url, AGENT):
            raise RefusedError("the site’s robots.txt does not allow it")
        asked = rules.crawl_delay(AGENT) or 0.0
        if not 0 <= asked <= _LONGEST_DELAY:
            raise RefusedError(f"the site’s robots.txt asks for {asked:g} s between two pages")
        self._wait(site, max(self._delay, asked))

    def _wait(self, site: str, delay: float) -> None:
        left = self._next.get(site, 0.0) - time.monotonic()
        if left > 0:
            self._sleep(left)
        self._next[site] = time.monotonic() + delay

    def _read(self, site: str) -> Protego | str:
        """The rules of a site; a sentence where nothing may be fetched, as they could not be asked for."""
        try:
            got = self._network.get(f"{site}/robots.txt", lambda url: self._wait(origin(url), self._delay))
        except RefusedError as error:
            return str(error)
        return _rules(got)


def _rules(got: Got) -> Protego | str:
    """No file means no rules; a server in trouble means that all is forbidden (RFC 9309, 2.3.1)."""
    if got.status >= 500 or got.status == 429:
        return f"the site’s robots.txt cannot be had (status {got.status})"
    text = got.content[:_LONGEST].decode("utf-8", "replace") if got.status == 200 else ""
    return Protego.parse(text)
