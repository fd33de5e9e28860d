"""What the columns of a stranger's list mean: known, told, or reported; never dropped in silence."""

import io

import pytest

from tracker.errors import BadValue
from tracker.importing.mapping import map_header, read_constants, read_maps
from tracker.importing.problems import Problems
from tracker.importing.reading import open_list


def mapped(text: str, given=None, **options):
    """Return (cells of each line, what is told) of a list."""
    reading = open_list(None, io.BytesIO(text.encode()))
    mapping = map_header(reading.header, given=given, **options)
    problems = Problems()
    mapping.check(problems, file=reading.name, row=reading.header_row)
    lines = [line.cells for line in mapping.lines(reading, problems)]
    return lines, [told.removeprefix("standard input, ") for told in problems.told]


def test_headers_in_either_language_map_by_themselves():
    lines, told = mapped("Nombre completo,Date of arrest,CARCEL\nAna Ruiz,2025,El Rodeo\n")
    assert lines == [{"name": "Ana Ruiz", "detained_on": "2025", "facility": "El Rodeo"}]
    assert told == []


def test_unknown_columns_are_told_all_at_once_and_can_be_left_out_knowingly():
    text = "name,PhotoUrl,Colour\nAna,x,red\n"
    assert mapped(text)[1] == [
        (
            "row 1: The columns “PhotoUrl”, “Colour” are not known. Say what it means with --map column=field,"
            " leave it out with --map column=-, all others with --map '*=-'."
        )
    ]
    for given in ({"photourl": "-", "Colour": "-"}, {"*": "-"}, {"Colour": "-", "*": "note"}):
        lines, told = mapped(text, given)
        assert not told
        assert lines[0]["name"] == "Ana"
    assert lines == [{"name": "Ana", "note": "x"}]


def test_columns_are_mapped_by_header_folded_or_by_place_to_a_field_in_either_language():
    for given in ({"¿QUIEN?": "name"}, {"quién": "nombre"}, {"#1": "full name"}):
        assert mapped("¿Quién?\nAna\n", given) == ([{"name": "Ana"}], [])


def test_first_names_and_surnames_are_one_name_in_the_order_of_the_columns():
    text = "Apellidos,born,Nombres\nRuiz Mena,1980,Ana María\nPaz,,\n"
    lines, told = mapped(text, {"Nombres": "name", "Apellidos": "name"})
    assert [line["name"] for line in lines] == ["Ruiz Mena Ana María", "Paz"]
    assert not told


def test_several_columns_may_fill_a_field_of_several_values():
    text = "name,Nationality,second nationality,note,Remark 2\nAna,VE,ES,one,two\nEva,,IT,,three\n"
    lines, told = mapped(text, {"second nationality": "nationalities", "remark 2": "note"})
    assert lines == [
        {"name": "Ana", "nationalities": "VE; ES", "note": "one\ntwo"},
        {"name": "Eva", "nationalities": "IT", "note": "three"},
    ]
    assert not told


def test_two_columns_for_one_value_are_a_problem():
    assert mapped("name,prison,facility\nAna,A,B\n")[1] == [
        "row 1: The columns “prison”, “facility” all mean facility; leave out all but one with --map column=-."
    ]
    assert mapped("name,full name\nAna,Ana Ruiz\n")[1] == [
        "row 1: The columns “name”, “full name” all mean name; leave out all but one with --map column=-."
    ]
    assert mapped("name,prison,facility\nAna,A,B\n", {"prison": "-"})[0] == [{"name": "Ana", "facility": "B"}]


def test_a_header_that_is_there_twice_is_told_and_mapped_by_place():
    text = "name,Note,note\nAna,x,y\n"
    assert mapped(text)[1] == ["row 1: The header “Note” is there twice; map by place: --map '#3=field'."]
    assert mapped(text, {"#3": "occupation"}) == ([{"name": "Ana", "note": "x", "occupation": "y"}], [])


def test_text_below_no_header_is_told_but_an_empty_column_is_not():
    lines, told = mapped("name,,note\nAna,,x\nEva,lost,y\n")
    assert lines == [{"name": "Ana", "note": "x"}]
    assert told == ["row 3: Column 2 has no header. “lost”"]


def test_constants_fill_every_row_that_says_something():
    lines, told = mapped("name\nAna\n \n", constants={"nationality": "VE", "nota": "x"})
    assert lines == [{"name": "Ana", "nationalities": "VE", "note": "x"}]
    assert not told


@pytest.mark.parametrize(
    ("given", "constants", "told"),
    [
        ({"nome": "name"}, {}, "The list has no column “nome”."),
        ({"#3": "name"}, {}, "The list has no column “#3”."),
        ({"name": "height"}, {}, "There is no field “height”."),
        ({}, {"height": "2"}, "There is no field “height”."),
        ({}, {"name": "Ana"}, "name cannot be the same for all rows: a column fills it."),
        ({}, {"note": " "}, "The constant for note is empty."),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(given, constants, told):
    with pytest.raises(BadValue) as caught:
        map_header(["name", "x"], given=given, constants=constants)
    assert caught.value.message == told


def test_a_saved_mapping_is_used_again_and_what_is_told_now_wins():
    header = ["Preso", "Lugar", "Foto"]
    first = map_header(header, given={"Preso": "name", "Lugar": "facility", "Foto": "-"})
    saved = first.to_keep()
    assert saved == {"preso": "name", "lugar": "facility", "foto": "-"}
    again = map_header(["PRESO", "lugar", "new"], saved=saved)
    assert again.fields == ["name", "facility", None]
    assert again.unknown == ["new"]
    assert map_header(header, saved=saved, given={"Lugar": "arrest_place"}).fields == ["name", "arrest_place", "-"]


def test_ragged_rows_are_told_and_not_taken():
    lines, told = mapped("name,note\nAna\nEva,x\n")
    assert lines == [{"name": "Eva", "note": "x"}]
    assert told == ["row 2: The row has 1 cells, the header has 2."]


def test_what_no_cell_can_hold_matters_only_in_columns_that_are_read():
    text = '[{"name":"Ana","x":{"a":1}},{"name":{"b":2},"x":1}]'
    assert mapped(text, {"x": "-"}) == (
        [{"name": "Ana"}],
        ['row 2, name “{"b": "2"}”: A cell cannot hold an object or a list of lists.'],
    )


def test_an_unknown_key_of_json_is_told_without_a_row():
    told = mapped('[{"name":"Ana","x":1}]')[1]
    assert told[0].startswith("standard input: The column “x” is not known.")


def test_texts_that_mean_nothing_in_this_list_are_empty_cells():
    lines, _told = mapped("name,nationality,note\nAna,NA,NA\nEva,CL,x\n", empty=["NA"])
    assert lines == [{"name": "Ana"}, {"name": "Eva", "nationalities": "CL", "note": "x"}]


def test_pairs_on_the_command_line():
    assert read_maps(["Fecha=hora=detained_on", "x=-"]) == {"Fecha=hora": "detained_on", "x": "-"}
    assert read_constants(["note=a=b"]) == {"note": "a=b"}
    for wrong in ("name", "=name", "name="):
        with pytest.raises(BadValue):
            read_maps([wrong])
        with pytest.raises(BadValue):
            read_constants([wrong])
    with pytest.raises(BadValue, match="mapped twice"):
        read_maps(["a=name", "a=note"])
    with pytest.raises(BadValue, match="given twice"):
        read_constants(["note=a", "note=b"])
