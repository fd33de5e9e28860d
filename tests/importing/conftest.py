"""Small invented case files, written where a test wants them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

CASE = {
    "name": "invented",
    "title": "An invented case",
    "country": "VE",
    "zone": "America/Caracas",
    "start": "2026-01-08",
    "entered": "2026-03-09",
}

FILES = {
    "facilities": """
        name,other_names,kind,state,country
        El Rodeo I,Rodeo 1; Internado Judicial Rodeo I,prison,Miranda,VE
        El Rodeo II,,prison,Miranda,VE
        Zona 7,,police,Miranda,VE
    """,
    "claimants": """
        name,kind,other_names,default_status,house_arrest,country,note
        Foro Uno,monitor,FU; Foro Uno ONG,,held,VE,
        Ministerio,detaining_state,,,,VE,
        Familia Ruiz,family,,,,,
    """,
    "sources": """
        slug,title,publisher,author,url,published,accessed,language,reliability,public,note
        diario-2026-01-12,Doce salen,Diario,,https://diario.example/1,2026-01-12,,es,likely_reliable,yes,
        diario-2026-01-15,Tres más,Diario,,https://diario.example/2,2026-01-15,,es,likely_reliable,yes,
        llamada-2026-01-20,Llamada,,,,2026-01-20,,es,,no,private
        hoja-undated,Una hoja,,,,unknown,,es,,yes,
    """,
}

CaseMaker = Callable[..., Path]


def dedented(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.strip().splitlines())


@pytest.fixture
def case_folder(tmp_path: Path) -> CaseMaker:
    """Write a case file: `case_folder(list="…", claims="…")`; facilities, claimants and sources are there already."""

    def make(**files: str) -> Path:
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        (folder / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
        for name, text in {**FILES, **files}.items():
            (folder / f"{name}.csv").write_text(dedented(text), encoding="utf-8", newline="")
        return folder

    return make
