"""The tables of the record, as data: the text of version 1, and what the store derives by itself.

Conventions
- Every table is STRICT, has a text `id`, and keeps its foreign keys NO ACTION (a CASCADE would
  make undo delete silently).
- Tables a person can point at carry a `ref`: the letter below and a tail of the id (`P-7k3m9q`).
- A date column `x` holds the text as given (canonical form); `x_from` and `x_to` its earliest and latest
  minute (`YYYY-MM-DDTHH:MM`, local time of the record), NULL where open or unknown. The store fills them.
- A `…_key` column holds the folded form of a name (`domain.names.fold`), `…_exact` the strict one
  (`domain.names.exact`). The store fills them.
- Version 1 is history once released: later versions only add columns and tables (`migrations.py`).
"""

from typing import Final

APPLICATION_ID: Final = 0x74726B72  # "trkr", kept in the file's header: how we know a database is ours
SCHEMA_VERSION: Final = 3

ADDED: Final[tuple[tuple[int, str, str], ...]] = ((3, "claimants", "rule TEXT"),)
"""Columns that later versions added: (version, table, definition). Empty in old rows: no DEFAULT, no NOT NULL."""

TABLES_ADDED: Final[dict[str, int]] = {"lists": 2, "list_rows": 2, "mappings": 2, "name_words": 2}
"""Tables that later versions added, each with its version; they stand in `TABLES`, or in `DERIVED_TABLES`."""

REF_LETTERS: Final = {
    "detainees": "P",
    "detentions": "D",
    "stays": "Y",
    "releases": "R",
    "facilities": "F",
    "sources": "S",
    "claimants": "C",
    "claims": "K",
    "citations": "Q",
    "lists": "L",
}

DATE_COLUMNS: Final = {
    "detainees": ("born", "age_on", "died"),
    "detentions": ("began", "sentence_ends"),
    "stays": ("since",),
    "releases": ("released",),
    "sources": ("published",),
    "claims": ("as_of", "since"),
}

NAME_COLUMNS: Final = {
    "detainees": "name",
    "names": "name",
    "facilities": "name",
    "facility_names": "name",
    "claimants": "name",
    "claimant_names": "name",
}

TABLES: Final = {
    "detainees": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT, name_key TEXT, name_exact TEXT, description TEXT,
        sex TEXT CHECK (sex IN ('female', 'male', 'other')),
        born TEXT, born_from TEXT, born_to TEXT,
        age INTEGER CHECK (age BETWEEN 0 AND 130), age_on TEXT, age_on_from TEXT, age_on_to TEXT,
        service TEXT CHECK (service IN ('civilian', 'military', 'police', 'unknown')),
        occupation TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')),
        died TEXT, died_from TEXT, died_to TEXT,
        died_place TEXT, died_cause TEXT,
        excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)), excluded_reason TEXT,
        note TEXT,
        CHECK (name IS NOT NULL OR description IS NOT NULL)
    """,
    "names": """
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT,
        kind TEXT NOT NULL DEFAULT 'alias' CHECK (kind IN ('alias', 'nickname', 'printed', 'former'))
    """,
    "nationalities": """
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees,
        country TEXT NOT NULL CHECK (length(country) = 2),
        UNIQUE (detainee, country)
    """,
    "tags": """
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, tag TEXT NOT NULL, UNIQUE (detainee, tag)
    """,
    "identifiers": """
        id TEXT PRIMARY KEY, detainee TEXT NOT NULL REFERENCES detainees, scheme TEXT NOT NULL, value TEXT NOT NULL,
        UNIQUE (detainee, scheme, value)
    """,
    "facilities": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, name_key TEXT, name_exact TEXT,
        kind TEXT CHECK (kind IN ('prison', 'police', 'military', 'intelligence', 'hospital', 'other')),
        state TEXT, country TEXT, note TEXT
    """,
    "facility_names": """
        id TEXT PRIMARY KEY, facility TEXT NOT NULL REFERENCES facilities, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT
    """,
    "detentions": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detainee TEXT NOT NULL REFERENCES detainees,
        began TEXT, began_from TEXT, began_to TEXT, entered TEXT NOT NULL,
        place TEXT, authority TEXT,
        cause TEXT NOT NULL DEFAULT 'arrest' CHECK (cause IN ('arrest', 'revocation', 'new_case')),
        charges TEXT,
        stage TEXT CHECK (stage IN ('not_charged', 'charged', 'awaiting_trial', 'on_trial', 'sentenced',
            'appeal', 'unknown')),
        sentence TEXT, sentence_ends TEXT, sentence_ends_from TEXT, sentence_ends_to TEXT,
        grounds TEXT, grounds_by TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), note TEXT
    """,
    "stays": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detention TEXT NOT NULL REFERENCES detentions, step INTEGER NOT NULL,
        facility TEXT REFERENCES facilities,
        whereabouts_unknown INTEGER NOT NULL DEFAULT 0 CHECK (whereabouts_unknown IN (0, 1)),
        since TEXT, since_from TEXT, since_to TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), note TEXT,
        CHECK ((facility IS NULL) = (whereabouts_unknown = 1))
    """,
    "releases": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, detention TEXT NOT NULL REFERENCES detentions, step INTEGER NOT NULL,
        released TEXT, released_from TEXT, released_to TEXT, entered TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'unstated' CHECK (kind IN ('unstated', 'full', 'precautionary',
            'conditional', 'bail', 'medical', 'house_arrest', 'exile', 'deported', 'escaped')),
        basis TEXT NOT NULL DEFAULT 'unstated' CHECK (basis IN ('unstated', 'court_review', 'amnesty',
            'pardon', 'dismissal', 'acquittal', 'annulment', 'sentence_served', 'exchange', 'negotiation',
            'measures_ended')),
        status TEXT NOT NULL CHECK (status IN ('announced', 'reported', 'verified', 'retracted')),
        conditions TEXT, freed_at TEXT,
        publish TEXT CHECK (publish IN ('named', 'anonymous', 'withheld')), publish_from TEXT, note TEXT
    """,
    "sources": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, slug TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT,
        author TEXT, url TEXT,
        published TEXT, published_from TEXT, published_to TEXT, accessed TEXT, language TEXT,
        reliability TEXT CHECK (reliability IN ('highly_reliable', 'likely_reliable', 'unsure', 'likely_unreliable',
            'highly_unreliable', 'unknown')),
        public INTEGER NOT NULL DEFAULT 1 CHECK (public IN (0, 1)), note TEXT
    """,
    "claimants": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, name_key TEXT, name_exact TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('detaining_state', 'foreign_state', 'court', 'monitor',
            'intergovernmental', 'media', 'union', 'family', 'lawyer', 'witness', 'detainee',
            'party', 'ourselves', 'other')),
        default_status TEXT NOT NULL CHECK (default_status IN ('announced', 'reported', 'verified')),
        house_arrest TEXT NOT NULL DEFAULT 'unknown' CHECK (house_arrest IN ('held', 'out', 'unknown')),
        country TEXT, note TEXT
    """,
    "claimant_names": """
        id TEXT PRIMARY KEY, claimant TEXT NOT NULL REFERENCES claimants, name TEXT NOT NULL, name_key TEXT,
        name_exact TEXT
    """,
    "claims": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, claimant TEXT NOT NULL REFERENCES claimants,
        measure TEXT NOT NULL CHECK (measure IN ('released', 'held', 'detained', 'died', 'announced',
            'restrictions_ended')),
        min INTEGER CHECK (min >= 0), max INTEGER CHECK (max >= 0),
        qualifier TEXT CHECK (qualifier IN ('at least', 'around', 'at most')),
        out_of INTEGER CHECK (out_of >= 0),
        as_of TEXT, as_of_from TEXT, as_of_to TEXT, since TEXT, since_from TEXT, since_to TEXT,
        scope TEXT NOT NULL DEFAULT '{}', note TEXT
    """,
    "citations": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, source TEXT NOT NULL REFERENCES sources,
        claimant TEXT REFERENCES claimants, detainee TEXT REFERENCES detainees,
        nationality TEXT REFERENCES nationalities, detention TEXT REFERENCES detentions,
        stay TEXT REFERENCES stays, release TEXT REFERENCES releases, claim TEXT REFERENCES claims,
        field TEXT, value TEXT,
        stance TEXT NOT NULL DEFAULT 'supports' CHECK (stance IN ('supports', 'disputes')), locator TEXT,
        CHECK ((detainee IS NOT NULL) + (nationality IS NOT NULL) + (detention IS NOT NULL) + (stay IS NOT NULL)
             + (release IS NOT NULL) + (claim IS NOT NULL) = 1)
    """,
    "evidence": """
        id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, media_type TEXT, captured_at TEXT
    """,
    "judgements": """
        id TEXT PRIMARY KEY, one TEXT NOT NULL REFERENCES detainees, other TEXT NOT NULL REFERENCES detainees,
        verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')), who TEXT, at TEXT, why TEXT,
        UNIQUE (one, other)
    """,
    "settings": """
        id TEXT PRIMARY KEY, value TEXT
    """,
    "lists": """
        id TEXT PRIMARY KEY, ref TEXT UNIQUE, name TEXT NOT NULL, source TEXT REFERENCES sources, as_of TEXT,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, form TEXT, entered TEXT NOT NULL
    """,
    "list_rows": """
        id TEXT PRIMARY KEY, list TEXT NOT NULL REFERENCES lists, row INTEGER NOT NULL, printed TEXT,
        key TEXT NOT NULL, digest TEXT NOT NULL, detainee TEXT REFERENCES detainees,
        state TEXT NOT NULL CHECK (state IN ('taken', 'open', 'skipped')), cells TEXT, asked TEXT
    """,
    "mappings": """
        id TEXT PRIMARY KEY, scope TEXT NOT NULL, header TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        UNIQUE (scope, header, field)
    """,
}
"""Logged tables, parents before children, in the order that exports and restores follow."""

DERIVED_TABLES: Final = {
    "name_words": "word TEXT NOT NULL, detainee TEXT NOT NULL, PRIMARY KEY (word, detainee)",
}
"""Tables that the store fills from the logged ones and could make again at any time: neither logged nor sealed.

`name_words`: `domain.name_words.index_words` of every name of a person. (Not by rowid, though that would take half the
room: VACUUM numbers the rows of `detainees` anew.)
"""

LOG_TABLES: Final = {
    "session": "id INTEGER PRIMARY KEY CHECK (id = 1), changeset INTEGER",
    "changesets": """
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('command', 'undo', 'outside', 'migrate', 'merge', 'forget')),
        undoes INTEGER REFERENCES changesets, device TEXT, actor TEXT, at TEXT NOT NULL,
        reason TEXT, salt TEXT, said TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL
    """,
    "changes": """
        n INTEGER PRIMARY KEY, seq INTEGER, "table" TEXT NOT NULL, row TEXT NOT NULL, before TEXT,
        gone INTEGER NOT NULL DEFAULT 0
    """,
    "seals": """
        id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES changesets, first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        key TEXT, digest TEXT NOT NULL, leaves TEXT
    """,
}
"""The change log's own tables (`changes.seq` is NULL for an outside edit not yet adopted)."""

INDEXES: Final = (
    "CREATE INDEX detainees_key ON detainees (name_key)",
    "CREATE INDEX names_detainee ON names (detainee)",
    "CREATE INDEX names_key ON names (name_key)",
    "CREATE INDEX nationalities_country ON nationalities (country)",
    "CREATE INDEX tags_tag ON tags (tag)",
    "CREATE INDEX identifiers_value ON identifiers (value)",
    "CREATE INDEX facilities_key ON facilities (name_key)",
    "CREATE INDEX facility_names_facility ON facility_names (facility)",
    "CREATE INDEX facility_names_key ON facility_names (name_key)",
    "CREATE INDEX detentions_detainee ON detentions (detainee)",
    "CREATE INDEX stays_detention ON stays (detention, step)",
    "CREATE INDEX stays_facility ON stays (facility)",
    "CREATE INDEX releases_detention ON releases (detention, step)",
    "CREATE INDEX releases_from ON releases (released_from)",
    "CREATE INDEX sources_url ON sources (url)",
    "CREATE INDEX claimant_names_claimant ON claimant_names (claimant)",
    "CREATE INDEX claims_claimant ON claims (claimant)",
    "CREATE INDEX citations_source ON citations (source)",
    "CREATE INDEX citations_claimant ON citations (claimant) WHERE claimant IS NOT NULL",
    "CREATE INDEX citations_detainee ON citations (detainee) WHERE detainee IS NOT NULL",
    "CREATE INDEX citations_nationality ON citations (nationality) WHERE nationality IS NOT NULL",
    "CREATE INDEX citations_detention ON citations (detention) WHERE detention IS NOT NULL",
    "CREATE INDEX citations_stay ON citations (stay) WHERE stay IS NOT NULL",
    "CREATE INDEX citations_release ON citations (release) WHERE release IS NOT NULL",
    "CREATE INDEX citations_claim ON citations (claim) WHERE claim IS NOT NULL",
    "CREATE INDEX evidence_source ON evidence (source)",
    "CREATE INDEX judgements_other ON judgements (other)",
    "CREATE INDEX lists_name ON lists (name)",
    "CREATE INDEX lists_source ON lists (source)",
    "CREATE INDEX list_rows_list ON list_rows (list, row)",
    "CREATE INDEX list_rows_key ON list_rows (key)",
    "CREATE INDEX list_rows_detainee ON list_rows (detainee) WHERE detainee IS NOT NULL",
    "CREATE INDEX list_rows_open ON list_rows (state) WHERE state = 'open'",
    'CREATE INDEX changes_row ON changes ("table", row, n)',
    "CREATE INDEX changes_seq ON changes (seq)",
)
