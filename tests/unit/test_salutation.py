"""Forms of address: the rows of domain.md 6.2, and what holds for every name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.catalog.salutations import merged
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.salutation import Addressee, By, Salutation, couple, degree, forms, template_problem


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> tuple[Salutation, ...]:
    """The rows that come with the product."""
    from ob_buero_tui.catalog.load import load_catalog

    rows: tuple[Salutation, ...] = tuple(load_catalog().salutations)
    return rows


def who(form: str = "Herr", **given: Any) -> Addressee:
    """Somebody called Kim Beispiel, unless said otherwise."""
    return Addressee(**({"form_of_address": form, "given_name": "Kim", "family_name": "Beispiel"} | given))


ROWS: list[tuple[Addressee, tuple[str, ...], str, str]] = [
    (
        who(job_title="Oberbürgermeister", honorific_prefix="Dr."),
        ("Herrn Oberbürgermeister", "Dr. Kim Beispiel"),
        "Sehr geehrter Herr Oberbürgermeister,",
        "Herr Oberbürgermeister",
    ),
    (
        who("Frau", job_title="Oberbürgermeisterin der Stadt Lindenau"),
        ("Frau Oberbürgermeisterin", "Kim Beispiel"),
        "Sehr geehrte Frau Oberbürgermeisterin,",
        "Frau Oberbürgermeisterin",
    ),
    (
        who("Frau", job_title="Bürgermeisterin"),
        ("Frau Bürgermeisterin", "Kim Beispiel"),
        "Sehr geehrte Frau Bürgermeisterin Beispiel,",
        "Frau Bürgermeisterin",
    ),
    (
        who(job_title="Stellvertretender Bürgermeister"),
        ("Herrn Bürgermeister", "Kim Beispiel"),
        "Sehr geehrter Herr Bürgermeister Beispiel,",
        "Herr Bürgermeister",
    ),
    (
        who("Frau", job_title="Landrätin"),
        ("Frau Landrätin", "Kim Beispiel"),
        "Sehr geehrte Frau Landrätin,",
        "Frau Landrätin",
    ),
    (
        who(job_title="Ratsherr"),
        ("Herrn Kim Beispiel", "Mitglied des Rates"),
        "Sehr geehrter Herr Beispiel,",
        "Herr Beispiel",
    ),
    (
        who("Frau", mandate="MdB"),
        ("Frau Kim Beispiel", "Mitglied des Deutschen Bundestages"),
        "Sehr geehrte Frau Abgeordnete,",
        "Frau Abgeordnete",
    ),
    (
        who(mandate="MdL"),
        ("Herrn Kim Beispiel", "Mitglied des Landtages"),
        "Sehr geehrter Herr Abgeordneter,",
        "Herr Abgeordneter",
    ),
    (
        who("Frau", mandate="MdEP", honorific_prefix="Dr."),
        ("Frau Dr. Kim Beispiel", "Mitglied des Europäischen Parlaments"),
        "Sehr geehrte Frau Abgeordnete,",
        "Frau Abgeordnete",
    ),
    (
        who(job_title="Ministerpräsident", mandate="MdL"),
        ("Herrn Ministerpräsidenten", "Kim Beispiel MdL"),
        "Sehr geehrter Herr Ministerpräsident,",
        "Herr Ministerpräsident",
    ),
    (
        who("Frau", job_title="Bundesministerin des Innern", mandate="MdB"),
        ("Frau Bundesministerin des Innern", "Kim Beispiel MdB"),
        "Sehr geehrte Frau Bundesministerin,",
        "Frau Ministerin",
    ),
    (
        who("Frau", job_title="Bundeskanzlerin"),
        ("Frau Bundeskanzlerin", "Kim Beispiel"),
        "Sehr geehrte Frau Bundeskanzlerin,",
        "Frau Bundeskanzlerin",
    ),
    (
        who(job_title="Bundespräsident"),
        ("Herrn Bundespräsidenten", "Kim Beispiel"),
        "Sehr geehrter Herr Bundespräsident,",
        "Herr Bundespräsident",
    ),
    (
        who(job_title="Botschafter von Utopien"),
        ("Seiner Exzellenz", "dem Botschafter von Utopien", "Herrn Kim Beispiel"),
        "Exzellenz,",
        "Exzellenz",
    ),
    (
        who("Frau", job_title="Botschafterin von Utopien"),
        ("Ihrer Exzellenz", "der Botschafterin von Utopien", "Frau Kim Beispiel"),
        "Exzellenz,",
        "Exzellenz",
    ),
    (
        who("Frau", praedikat="Exzellenz"),
        ("Ihrer Exzellenz", "Frau Kim Beispiel"),
        "Exzellenz,",
        "Exzellenz",
    ),
    (
        who(job_title="Generalkonsul"),
        ("Herrn Generalkonsul", "Kim Beispiel"),
        "Sehr geehrter Herr Generalkonsul,",
        "Herr Generalkonsul",
    ),
    (
        who("Frau", job_title="Maire", locality="Montclair"),
        ("Madame Kim Beispiel", "Maire de Montclair", "Montclair"),
        "Madame la Maire,",
        "Madame la Maire",
    ),
    (
        who(job_title="Kardinal"),
        ("S. E. Kardinal Kim Beispiel",),
        "Eminenz,",
        "Herr Kardinal",
    ),
    (
        who(job_title="Bischof", honorific_prefix="Dr."),
        ("S. E. Bischof Dr. Kim Beispiel",),
        "Sehr geehrter Herr Bischof,",
        "Herr Bischof",
    ),
    (
        who("Frau", job_title="Landesbischöfin"),
        ("Frau Landesbischöfin", "Kim Beispiel"),
        "Sehr geehrte Frau Landesbischöfin,",
        "Frau Bischöfin",
    ),
    (
        who("Frau", job_title="Superintendentin"),
        ("Frau Superintendentin", "Kim Beispiel"),
        "Sehr geehrte Frau Superintendentin,",
        "Frau Superintendentin",
    ),
    (
        who(job_title="Pfarrer"),
        ("Herrn Pfarrer", "Kim Beispiel"),
        "Sehr geehrter Herr Pfarrer Beispiel,",
        "Herr Pfarrer Beispiel",
    ),
    (
        who(job_title="Rabbiner"),
        ("Herrn Rabbiner", "Kim Beispiel"),
        "Sehr geehrter Herr Rabbiner Beispiel,",
        "Herr Rabbiner Beispiel",
    ),
    (
        who(job_title="Imam"),
        ("Herrn Imam", "Kim Beispiel"),
        "Sehr geehrter Herr Imam Beispiel,",
        "Herr Imam Beispiel",
    ),
    (
        who("Frau", honorific_prefix="Prof. Dr."),
        ("Frau Prof. Dr. Kim Beispiel",),
        "Sehr geehrte Frau Professorin Beispiel,",
        "Frau Professorin Beispiel",
    ),
    (
        who(honorific_prefix="Prof. Dr.-Ing."),
        ("Herrn Prof. Dr.-Ing. Kim Beispiel",),
        "Sehr geehrter Herr Professor Beispiel,",
        "Herr Professor Beispiel",
    ),
    (
        who(honorific_prefix="Dr. Dr. h. c."),
        ("Herrn Dr. Dr. h. c. Kim Beispiel",),
        "Sehr geehrter Herr Dr. Beispiel,",
        "Herr Dr. Beispiel",
    ),
    (
        who(honorific_prefix="Dipl.-Ing."),
        ("Herrn Dipl.-Ing. Kim Beispiel",),
        "Sehr geehrter Herr Beispiel,",
        "Herr Beispiel",
    ),
    (
        who(affix="Graf", family_name="von Beispiel"),
        ("Herrn Kim Graf von Beispiel",),
        "Sehr geehrter Graf Beispiel,",
        "Graf Beispiel",
    ),
    (
        who("Frau", affix="Gräfin von", honorific_prefix="Dr."),
        ("Frau Dr. Kim Gräfin von Beispiel",),
        "Sehr geehrte Dr. Gräfin Beispiel,",
        "Dr. Gräfin Beispiel",
    ),
    (
        who("Frau", affix="Freifrau", family_name="von Beispiel"),
        ("Frau Kim Freifrau von Beispiel",),
        "Sehr geehrte Frau von Beispiel,",
        "Frau von Beispiel",
    ),
    (
        who(affix="von der"),
        ("Herrn Kim von der Beispiel",),
        "Sehr geehrter Herr von der Beispiel,",
        "Herr von der Beispiel",
    ),
    (
        who("", honorific_prefix="Dr."),
        ("Dr. Kim Beispiel",),
        "Guten Tag Dr. Kim Beispiel,",
        "Kim Beispiel",
    ),
    (
        who("keine", job_title="Landrätin"),
        ("Kim Beispiel", "Landrätin"),
        "Guten Tag Kim Beispiel,",
        "Kim Beispiel",
    ),
    (
        who(job_title="Oberbürgermeister a. D."),
        ("Herrn Kim Beispiel", "Oberbürgermeister a. D."),
        "Sehr geehrter Herr Beispiel,",
        "Herr Beispiel",
    ),
    (
        who("Frau", job_title="Referentin des Oberbürgermeisters", organization="Stadt Lindenau"),
        ("Frau Kim Beispiel", "Referentin des Oberbürgermeisters", "Stadt Lindenau"),
        "Sehr geehrte Frau Beispiel,",
        "Frau Beispiel",
    ),
    (
        who(
            organization="Turnverein",
            street_address="Hallenweg 3",
            postal_code="12345",
            locality="Lindenau",
            country="Deutschland",
        ),
        ("Herrn Kim Beispiel", "c/o Turnverein", "Hallenweg 3", "12345 Lindenau"),
        "Sehr geehrter Herr Beispiel,",
        "Herr Beispiel",
    ),
    (
        who(street_address="1, rue du Pont", postal_code="99999", locality="Montclair", country="Frankreich"),
        ("Herrn Kim Beispiel", "1, rue du Pont", "99999 Montclair", "FRANKREICH"),
        "Sehr geehrter Herr Beispiel,",
        "Herr Beispiel",
    ),
    (
        Addressee(organization="Werft GmbH", street_address="Hafen 1\nTor 2", locality="Lindenau"),
        ("Werft GmbH", "Hafen 1", "Tor 2", "Lindenau"),
        "Sehr geehrte Damen und Herren,",
        "",
    ),
    (who(family_name=""), ("Kim",), "Guten Tag Kim,", "Kim"),
    (Addressee(), (), "Sehr geehrte Damen und Herren,", ""),
]


@pytest.mark.parametrize(("person", "lines", "salutation", "spoken"), ROWS)
def test_rows_of_the_table(
    table: tuple[Salutation, ...], person: Addressee, lines: tuple[str, ...], salutation: str, spoken: str
) -> None:
    found = forms(person, table)
    assert (found.lines, found.salutation, found.spoken) == (lines, salutation, spoken)


def test_a_couple(table: tuple[Salutation, ...]) -> None:
    home = {"street_address": "Gartenweg 1", "postal_code": "12345", "locality": "Lindenau"}
    anna, bernd = who("Frau", given_name="Anna", **home), who(given_name="Bernd", **home)
    found = couple(anna, bernd, table)
    assert found.lines == ("Frau Anna und Herrn Bernd Beispiel", "Gartenweg 1", "12345 Lindenau")
    assert found.salutation == "Sehr geehrte Frau Beispiel, sehr geehrter Herr Beispiel,"
    assert found.spoken == "Frau Beispiel und Herr Beispiel"


def test_a_couple_with_two_names(table: tuple[Salutation, ...]) -> None:
    found = couple(
        who("Frau", honorific_prefix="Dr.", family_name="Muster"), who("", given_name="Luca"), table
    )
    assert found.lines == ("Frau Dr. Kim Muster", "und Luca Beispiel")
    assert found.salutation == "Sehr geehrte Frau Dr. Muster, guten Tag Luca Beispiel,"


def test_ranks_order_a_list_of_greetings(table: tuple[Salutation, ...]) -> None:
    titles = ["Ratsherr", "Oberbürgermeister", "Ministerpräsident", "Landrat"]
    ranks = {title: forms(who(job_title=title), table).rank or 0 for title in titles}
    assert sorted(titles, key=ranks.__getitem__) == [
        "Ministerpräsident",
        "Landrat",
        "Oberbürgermeister",
        "Ratsherr",
    ]


def test_the_table_says_that_it_is_unconfirmed(table: tuple[Salutation, ...]) -> None:
    assert all(row.unconfirmed for row in table if row.by is not By.STANDARD)


@pytest.mark.parametrize(
    ("prefix", "spelled", "title"),
    [
        ("Prof. Dr.", "Frau", "Professorin"),
        ("Prof.Dr.", "", "Prof."),
        ("Univ.-Prof. Dr.", "Herr", "Professor"),
        ("Dr. med.", "Frau", "Dr."),
        ("Dipl.-Kfm.", "Herr", ""),
        ("", "", ""),
    ],
)
def test_the_one_title_of_a_salutation(prefix: str, spelled: str, title: str) -> None:
    assert degree(prefix, spelled=spelled) == title


def test_what_a_name_contains_is_never_a_placeholder(table: tuple[Salutation, ...]) -> None:
    found = forms(who(given_name="{name}", family_name="{a|b}"), table)
    assert found.lines == ("Herrn {name} {a|b}",)


def test_without_a_table_there_is_still_a_salutation() -> None:
    assert forms(who(), ()).salutation == "Guten Tag Kim Beispiel,"
    assert forms(Addressee(organization="Werft"), ()).lines == ("Werft",)


@pytest.mark.parametrize("text", ["{Herrn", "{unbekannt}", "a}b", "{a|b|c}"])
def test_templates_that_are_wrong(text: str) -> None:
    assert template_problem(text)


def test_an_offices_row_takes_the_place_of_the_shipped_one(table: tuple[Salutation, ...]) -> None:
    own = Salutation(
        key="person", label="", by=By.STANDARD, address=("{name}",), salutation="Moin {vorname},"
    )
    assert forms(who(), merged([table, [own]])).salutation == "Moin Kim,"


WORDS = st.text(max_size=25).map(clean)  # as names are stored
SOMEBODY = st.builds(
    Addressee,
    form_of_address=st.sampled_from(["Frau", "Herr", "", "divers"]),
    praedikat=st.sampled_from(["", "Exzellenz", "Eminenz"]) | WORDS,
    honorific_prefix=st.sampled_from(["", "Dr.", "Prof. Dr. Dr. h. c."]) | WORDS,
    given_name=WORDS,
    affix=st.sampled_from(["", "Graf", "Freifrau von", "von"]) | WORDS,
    family_name=WORDS,
    job_title=st.sampled_from(["", "Oberbürgermeisterin", "Botschafter von X", "Pfarrer"]) | WORDS,
    mandate=st.sampled_from(["", "MdB", "MdL"]) | WORDS,
    organization=WORDS,
    street_address=WORDS,
    postal_code=WORDS,
    locality=WORDS,
    country=WORDS,
)


@given(SOMEBODY, SOMEBODY)
def test_what_holds_for_everybody(table: tuple[Salutation, ...], one: Addressee, other: Addressee) -> None:
    for found in (forms(one, table), couple(one, other, table)):
        assert found.salutation.endswith((",", "!"))
        assert found.salutation[0].isupper()
        assert len(found.salutation) > 1
        assert " ," not in found.salutation
        for text in (*found.lines, found.salutation, found.spoken):
            assert "  " not in text
            assert text == text.strip()
        assert all(found.lines)
