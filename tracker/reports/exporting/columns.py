"""The columns of exported lists: their keys are `domain.lists`, here is what they are called on a screen."""

from typing import Final

from tracker.domain import lists
from tracker.i18n import N_
from tracker.table import Column

_LIST: Final = {
    "ref": Column("ref", N_("ref"), "ref"),
    "detention": Column("detention", N_("detention"), "count"),
    "name": Column("name", N_("name"), "name"),
    "other_names": Column("other_names", N_("other names")),
    "sex": Column("sex", N_("sex"), words="sex"),
    "born": Column("born", N_("born"), "date"),
    "age": Column("age", N_("age"), "count"),
    "nationalities": Column("nationalities", N_("nationalities")),
    "service": Column("service", N_("service"), words="service"),
    "occupation": Column("occupation", N_("occupation")),
    "tags": Column("tags", N_("tags")),
    "identifier": Column("identifier", N_("identifier")),
    "detained_on": Column("detained_on", N_("arrested"), "date"),
    "arrest_place": Column("arrest_place", N_("place of arrest")),
    "authority": Column("authority", N_("arrested by")),
    "facility": Column("facility", N_("held at")),
    "facility_since": Column("facility_since", N_("there since"), "date"),
    "charges": Column("charges", N_("charges")),
    "stage": Column("stage", N_("legal stage"), words="stage"),
    "sentence": Column("sentence", N_("sentence")),
    "sentence_ends": Column("sentence_ends", N_("sentence ends"), "date"),
    "released_on": Column("released_on", N_("released"), "date"),
    "release_kind": Column("release_kind", N_("terms"), words="release_kind"),
    "release_basis": Column("release_basis", N_("basis"), words="release_basis"),
    "release_status": Column("release_status", N_("status"), words="release_status"),
    "conditions": Column("conditions", N_("conditions")),
    "freed_at": Column("freed_at", N_("freed at")),
    "retaken_on": Column("retaken_on", N_("taken again"), "date"),
    "died_on": Column("died_on", N_("died"), "date"),
    "publish": Column("publish", N_("publication"), words="publish"),
    "note": Column("note", N_("note")),
    "source": Column("source", N_("source")),
    "claimant": Column("claimant", N_("who says so")),
    "locator": Column("locator", N_("where in it")),
}

LIST: Final = tuple(_LIST[key] for key in lists.LIST)

_CLAIMS: Final = {
    "claimant": Column("claimant", N_("claimant"), "name"),
    "measure": Column("measure", N_("measure"), words="measure"),
    "min": Column("min", N_("min"), "count"),
    "max": Column("max", N_("max"), "count"),
    "qualifier": Column("qualifier", N_("qualifier"), words="qualifier"),
    "out_of": Column("out_of", N_("out of"), "count"),
    "as_of": Column("as_of", N_("as of"), "date"),
    "since": Column("since", N_("since"), "date"),
    "nationality": Column("nationality", N_("nationality")),
    "dual": Column("dual", N_("dual"), words="yes_no"),
    "facility": Column("facility", N_("held at")),
    "tag": Column("tag", N_("tags")),
    "sex": Column("sex", N_("sex"), words="sex"),
    "service": Column("service", N_("service"), words="service"),
    "source": Column("source", N_("source")),
    "locator": Column("locator", N_("where in it")),
    "note": Column("note", N_("note")),
}

CLAIMS: Final = tuple(_CLAIMS[key] for key in lists.CLAIMS)

_SOURCES: Final = {
    "slug": Column("slug", N_("slug")),
    "title": Column("title", N_("title")),
    "publisher": Column("publisher", N_("publisher")),
    "author": Column("author", N_("author")),
    "url": Column("url", N_("URL")),
    "published": Column("published", N_("published"), "date"),
    "accessed": Column("accessed", N_("accessed"), "date"),
    "language": Column("language", N_("language")),
    "reliability": Column("reliability", N_("reliability"), words="reliability"),
    "public": Column("public", N_("public"), words="yes_no"),
    "note": Column("note", N_("note")),
}

SOURCES: Final = tuple(_SOURCES[key] for key in lists.SOURCES)
