"""German words and sentences for the generated office: believable lengths, no real persons."""

# ruff: noqa: SIM905 lists of words are easier to read as text

from __future__ import annotations

from random import Random

GIVEN = (
    "Anna Bernd Carla Dieter Elif Frank Greta Hüseyin Ines Jörg Katrin Lars Mareike Norbert Olga "
    "Petra Quirin Renate Stefan Tülay Ulrich Vera Wolfgang Yasmin Zoë Björn Käthe Łukasz Søren Agnès"
).split()
FAMILY = (
    "Müller Schmidt Öztürk Weiß Großmann Jäger Kowalski Özdemir Schäfer Köhler Bußmann Lindner Vogt "
    "Hübner Sauer Krämer Böhm Yılmaz Schröder Löwe Nagel Fuß Brandt Gärtner Lütke Kühn Reuß Thoma "
    "Ebert Wójcik"
).split()
PLACES = (
    "Ostheim Lindenau Nordstadt Hafenviertel Altstadt Südvorstadt Weststadt Wiesengrund Mühlberg "
    "Rosental Schloßberg Bachheim Kirchrode Neuhof Auental Grünwald"
).split()
BODIES = (
    "Turn- und Sportverein|Freiwillige Feuerwehr|Kantorei|Schützengilde|Heimatverein|Kleingartenverein|"
    "Förderverein Stadtbücherei|Musikschule|Kulturverein|Bürgerinitiative|Seniorenbeirat|Gewerbeverein|"
    "Karnevalsgesellschaft|Grundschule|Handwerkskammer|Chorgemeinschaft"
).split("|")
OCCASIONS = (
    "Sommerfest|Jubiläum|Richtfest|Benefizlauf|Festakt|Ausstellungseröffnung|Neujahrsempfang|Adventskonzert|"
    "Grundsteinlegung|Vereinsmeisterschaft|Straßenfest|Schulentlassfeier|Ehrenamtsabend|Gedenkstunde|"
    "Firmenbesuch|Stadtteilfrühstück"
).split("|")
SUBJECTS = {
    "schirmherrschaft": "Bitte um Schirmherrschaft: {occasion} {body} {place}",
    "grusswort": "Grußwort zum {occasion} der {body} {place}",
    "goldenes_buch": "Eintrag in das Goldene Buch: {occasion} in {place}",
    "einladung": "Einladung zum {occasion} der {body} {place}",
    "": "Anliegen zu {occasion} und Verkehr in {place}",
}
TASKS = (
    "Antwortschreiben senden|Rede entwerfen|Freigabe OB einholen|Fahrdienst bestellen|Geschenk besorgen|"
    "Terminmappe zusammenstellen|Dank und Nachgang"
).split("|")
MEETINGS = (
    "Jour fixe Büroleitung|Dezernentenrunde|Rücksprache Presse|Bürgersprechstunde|Verwaltungsvorstand|"
    "Gespräch mit {body}|{occasion} {place}|Ortstermin {place}|Pressegespräch|Vorbesprechung Stadtrat"
).split("|")
SENTENCES = (
    "seit vielen Jahren ist unsere Gemeinschaft in {place} zu Hause und freut sich über jeden Gast.|"
    "Zu unserem {occasion} laden wir Sie herzlich ein und würden uns über einige Worte sehr freuen.|"
    "Rund {number} Besucherinnen und Besucher werden erwartet, darunter viele Familien.|"
    "Der Erlös kommt der Jugendarbeit der {body} zugute.|"
    "Bitte teilen Sie uns mit, ob der Termin für Sie möglich ist und wie viel Redezeit wir einplanen dürfen.|"
    "Die Straße vor der Schule ist am Nachmittag gesperrt, Parkplätze gibt es am Mühlweg.|"
    "Für Rückfragen erreichen Sie mich tagsüber unter der angegebenen Nummer.|"
    "Über eine Zusage bis zum Monatsende würden wir uns freuen, gern auch über eine Vertretung.|"
    "Im letzten Jahr hatten wir {number} Teilnehmende, in diesem Jahr werden es wohl noch mehr.|"
    "Die Presse ist eingeladen; ein Entwurf des Programms liegt bei."
).split("|")


def fill(pattern: str, rng: Random) -> str:
    """A pattern with its words chosen."""
    return pattern.format(
        occasion=rng.choice(OCCASIONS),
        body=rng.choice(BODIES),
        place=rng.choice(PLACES),
        number=rng.randrange(20, 900),
    )


def letter(rng: Random) -> str:
    """The text of a letter: five to twelve sentences."""
    lines = [fill(rng.choice(SENTENCES), rng) for _ in range(rng.randrange(5, 13))]
    return "Sehr geehrte Damen und Herren,\n\n" + "\n".join(lines) + "\n\nMit freundlichen Grüßen"


def subject(kind: str, rng: Random) -> str:
    """The subject of a request of a kind."""
    return fill(SUBJECTS.get(kind, SUBJECTS[""]), rng)


def meeting(rng: Random) -> str:
    """The title of an appointment."""
    return fill(rng.choice(MEETINGS), rng)
