"""The sites that may show the widget: a TOML file, read again when it changes. A site that is not in it may do nothing."""

import logging
import re
import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

FILE = "sites.toml"  # in the data folder, unless HTX_SITES_FILE names another
SITE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
# Scheme, host and perhaps a port: no path, no wildcard, not "null" (what a sandboxed page or a local file sends).
_ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_log = logging.getLogger(__name__)


class Site(BaseModel):
    """The rules of one site. An unknown key is an error, so that a slip of the pen ("enable = false") does not leave a site on."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    origins: Annotated[list[str], Field(max_length=50)]
    """Exact origins of the pages that may show the widget, "https://tinh.example.vn"."""
    enabled: bool = True
    """The switch that turns the site off at once."""
    place: Annotated[str, StringConstraints(max_length=80)] = ""
    """Place of questions that name none, "huyện Ba Tơ"."""
    per_minute: Annotated[int, Field(ge=1)] = 300
    """Questions a minute from the whole site."""
    per_minute_address: Annotated[int, Field(ge=1)] = 20
    """Questions a minute from one address on the site."""

    @field_validator("id")
    @classmethod
    def _plain_id(cls, value: str) -> str:
        if not SITE_ID.fullmatch(value):
            raise ValueError("a site's id has small letters, digits and dashes")
        return value

    @field_validator("origins")
    @classmethod
    def _exact_origins(cls, values: list[str]) -> list[str]:
        for value in values:
            if not _ORIGIN.fullmatch(value) or value.rpartition(":")[2] == _DEFAULT_PORTS[value.partition(":")[0]]:
                raise ValueError(f"{value!r} is no origin as browsers send it: scheme, host in small letters, port only when it is not the usual one")
        return values


class Sites:
    """The registry. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._sites: dict[str, Site] = {}

    def get(self, site_id: str) -> Site | None:
        """The site of this id, enabled or not; None when there is none."""
        return self._all().get(site_id)

    def knows(self, origin: str) -> bool:
        """True when any site lists this origin, also one that is turned off: its visitors shall read why."""
        return any(origin in site.origins for site in self._all().values())

    def _all(self) -> Mapping[str, Site]:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            stamp = None
        with self._lock:
            if stamp != self._stamp:
                self._sites = {} if stamp is None else _read(self._path)
                self._stamp = stamp
            return self._sites


def _read(path: Path) -> dict[str, Site]:
    """The sites of a file. What is wrong in it is logged and left out: a mistake may shut a site, never open one."""
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("sites", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        _log.error("%s: %s; no site is served until this is mended", path, problem)
        return {}
    sites = {}
    for site_id, members in table.items() if isinstance(table, dict) else ():
        try:
            sites[site_id] = Site.model_validate({**members, "id": site_id})
        except (ValidationError, TypeError) as problem:
            _log.error("%s: site %s is left out: %s", path, site_id, problem)
    return sites
