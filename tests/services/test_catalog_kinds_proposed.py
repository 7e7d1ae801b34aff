"""Typical letters to a mayor's office, and the kind that a person would choose for each."""

from __future__ import annotations

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.proposing import propose_kind

LETTERS = [
    ("schirmherrschaft", "Benefizkonzert im Mai", "Würden Sie die Schirmherrschaft übernehmen?"),
    ("schirmherrschaft", "Schirmherrin für den Lindenauer Lauf", "Gern mit einem Grußwort im Heft."),
    ("grusswort", "Festschrift 75 Jahre Musikverein", "Redaktionsschluss ist der 10. Januar, 1.500 Zeichen."),
    ("grusswort", "125 Jahre Kleingartenverein", "Wir erbitten ein Geleitwort und laden Sie ein."),
    ("goldenes_buch", "Besuch der Botschafterin", "Wir regen einen Eintrag in das Goldene Buch an."),
    ("einladung", "Einladung zum Richtfest der Kita Hafen", "Wir laden Sie herzlich ein, Freitag um 11 Uhr."),
    ("einladung", "Eröffnung unserer neuen Filiale", "Wir würden uns freuen, Sie begrüßen zu dürfen."),
    ("einladung", "Einladung zum 80. Geburtstag von Pfarrer Ohm", "Es wird gefeiert, wir laden Sie ein."),
    ("einladung", "Einladung zur Einweihung des Spielplatzes", "Die Kinder singen, wir laden Sie ein."),
    ("ehrung", "Vorschlag für die Ehrennadel", "Frau Sanders leitet seit 30 Jahren die Tafel."),
    ("ehrung", "Bundesverdienstkreuz für Herrn Ilic", "Ich möchte eine Ordensanregung einreichen."),
    ("gratulation", "Goldene Hochzeit der Eheleute Brandes", "Am 4. Dezember. Der Ortsvorsteher meldet."),
    ("gratulation", "Altersjubiläen im Dezember", "Anbei die Liste des Bürgerbüros."),
    ("gratulation", "100. Geburtstag im Haus Abendfrieden", "Frau Kessel freut sich über einen Besuch."),
    ("gratulation", "Amtsantritt des neuen Landrats", "Ein Schreiben zum Amtsantritt wäre üblich."),
    ("kondolenz", "Trauerfall Ehrenbürger Dr. Hennig", "Er ist gestern verstorben, die Beisetzung folgt."),
    ("kondolenz", "Traurige Nachricht", "mein Vater, Altbürgermeister Falk, ist heute Nacht verstorben. "
     "Die Trauerfeier ist am Donnerstag."),
    ("kondolenz", "Einladung zur Trauerfeier für Ratsherrn Pohl", "Wir laden Sie ein, ein Wort zu sprechen."),
    ("anliegen", "Schlaglöcher in der Feldstraße", "Seit Monaten geschieht nichts!"),
    ("anliegen", "SO GEHT ES NICHT!!!", "Das ist ein Skandal! Die Straßenlaterne ist seit "
     "Juni kaputt. Schämen Sie sich!"),
    ("anliegen", "Brief von Jonas", "ich heiße Jonas und bin 7 Jahre alt. Warum ist die Rutsche weg?"),
    ("anliegen", "Frage", "Bei uns am Markt ist nachts Ruhestörung, und das Ordnungsamt kommt nicht."),
    ("anliegen", "Fax 0221 4710 300, 2 Seiten", "Telefax. An: OB-Büro. Von: H. Timm. Seiten: 2. "
     "Betrifft: Beschwerde über den Winterdienst. Ich beschwere mich."),
    ("anregung", "Bürgerantrag Tempo 30 in der Bahnhofstraße", "Ich beantrage, der Rat möge beschließen."),
    ("anregung", "Anregung nach § 24 GO NRW", "Schlaglöcher in der Hafenstraße, Radweg, Gehweg."),
    ("presseanfrage", "Presseanfrage zum Radweg", "Wir bitten bis heute 14 Uhr um ein Statement."),
    ("presseanfrage", "Anfrage, Frist heute 15:00", "Ich bin Redakteurin und bitte um ein Zitat zum "
     "Haushalt."),
    ("presseanfrage", "Interview zum Jahresende", "Unsere Lokalredaktion plant ein Gespräch über 2026."),
    ("pressetermin", "Einladung zum Pressetermin Hafenbrücke", "Wir laden die Medien zum Foto ein."),
    ("pressetermin", "Scheckübergabe am Freitag", "Für das Pressefoto wäre 10 Uhr günstig."),
    ("partnerschaftsbesuch", "Delegation aus Montclair-sur-Lys", "Das Besuchsprogramm liegt bei."),
    ("partnerschaftsbesuch", "Gegenbesuch in der Partnerstadt", "Wir sind 12 Personen."),
    ("buergergespraech", "Anmeldung Bürgersprechstunde", "Ich möchte am Dienstag kommen."),
    ("buergergespraech", "Bitte", "Um ein persönliches Gespräch. Gibt es eine Sprechstunde?"),
    ("veranstaltung", "Ablaufplan Neujahrsempfang der Stadt", "Anbei Gästeliste und Regie."),
    ("veranstaltung", "Kranzniederlegung am Volkstrauertag", "Der Ablauf wie im Vorjahr."),
    ("buergerversammlung", "Einladung zur Bürgerversammlung Ostheim", "Wir bitten um Ihre Teilnahme."),
    ("gremienmitgliedschaft", "Einladung zur Sitzung des Aufsichtsrats der Stadtwerke", "Unterlagen folgen."),
    ("gremienmitgliedschaft", "Zweckverband Wehretal", "Neubesetzung der Verbandsversammlung."),
    ("terminwunsch", "Rücksprache Haushalt", "Dezernat II bittet um 30 Minuten diese Woche."),
    ("telefonnotiz", "Telefonnotiz: Herr Kunz", "Bittet um Rückruf wegen des Zauns."),
    ("telefonnotiz", "Rückruf Frau Wenz", "Hat angerufen, erreichbar ab 16 Uhr."),
]  # fmt: skip

NOTHING = [
    ("Ladenschluss am Markt", "Bitte um Rückmeldung. Eintragung im Vereinsregister liegt bei."),
    ("Newsletter November: Fuhrpark digital", "Jetzt Rabatt sichern. Abmelden können Sie sich hier."),
    ("Dies und das", "Meine Frau, die im März verstorben ist, mochte Ihre Reden. Danke dafür."),
    ("Abwesenheit", "Terminanfragen richten Sie bitte an das Sekretariat."),
    ("Danke", "Vielen Dank für den schönen Abend."),
    ("Rechnung 2026-118", "Anbei die Rechnung für den Blumenschmuck."),
    ("Unser Verein hat gewählt", "Neuer Vorsitzender ist Herr Ahlers."),
    ("", ""),
]

NOT = [
    ("kondolenz", "Grußwort zum 50. Jubiläum", "Unser verstorbener Gründer wäre stolz."),
    ("gremienmitgliedschaft", "Bitte um Hilfe", "Sie sitzen doch im Aufsichtsrat der Wohnungsbau."),
    ("presseanfrage", "Festschrift des Pressevereins", "Redaktionsschluss ist am 3. Januar."),
    ("gratulation", "Beschwerde über den Lärm", "Auch am Geburtstag meiner Mutter wurde gebohrt."),
    ("einladung", "Trauerfeier für Altbürgermeister Falk", "Wir laden Sie ein, Sie laden wir besonders ein."),
    ("anliegen", "Einladung zur Eröffnung des Radwegs", "Wir laden Sie zum Durchschneiden des Bandes ein."),
    ("anliegen", "Telefonnotiz Radweg", "Herr Timm hat angerufen, der Radweg sei zugeparkt."),
]


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog()


def proposed(catalog: Catalog, subject: str, body: str) -> str | None:
    found = propose_kind(catalog, subject, body)
    return found.kind if found else None


@pytest.mark.parametrize(("kind", "subject", "body"), LETTERS)
def test_a_typical_letter_is_proposed_rightly(shipped: Catalog, kind: str, subject: str, body: str) -> None:
    assert proposed(shipped, subject, body) == kind


@pytest.mark.parametrize(("subject", "body"), NOTHING)
def test_words_by_the_way_propose_nothing(shipped: Catalog, subject: str, body: str) -> None:
    assert proposed(shipped, subject, body) is None


@pytest.mark.parametrize(("kind", "subject", "body"), NOT)
def test_a_letter_is_not_mistaken(shipped: Catalog, kind: str, subject: str, body: str) -> None:
    assert proposed(shipped, subject, body) not in (None, kind)


def test_every_active_kind_has_a_typical_letter(shipped: Catalog) -> None:
    assert {kind for kind, _, _ in LETTERS} == {kind.key for kind in shipped.active_kinds}


def test_a_name_of_the_kind_is_enough_and_weighs_double(shipped: Catalog) -> None:
    found = propose_kind(shipped, "Anfrage", "Es geht um eine Schirmherrschaft.")
    assert found is not None
    assert (found.kind, found.score, found.words) == ("schirmherrschaft", 2, ("Schirmherr",))
