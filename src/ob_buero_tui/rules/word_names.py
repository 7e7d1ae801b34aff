"""German words that are family names too: in small letters they are hardly ever meant as a name.

Nobody can list every word: whoever erases a person sees each hit before. The list keeps
the everyday ones out.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ob_buero_tui.rules.folding import fold

SHORTEST: Final = 4
"""Letters: a shorter name in small letters is nearly always a word or a part of speech."""

_WORDS: Final = """
aber acht adel adler ahorn alle allein alt altmann ampel amt amtmann ander anders anfang angst anker apfel
april arbeiter arm arndt asche ast auer auge august axt baber bach backhaus baden bader baer baier ball band
bank bann bart barth bau bauch bauer baum baumann baumeister becher beck becker beer beet behr beil bein
berg berger bergmann beruf besen besser best bett beutel biber biene bier bild binder birke birne bischof
bitter blank blatt blau blei blind block blum blume blut bock boden bogen bohne bohrer boot born boss bote
brand brandt brauer braun braut breit brenner brett brief brill brille bruch bruder bruecke brunn brunnen
brust buch buche buchholz buckel bude buehne bulle bund bunt burg burger burgmann busch busse butter christ
dach dachs dahl damm dank dann dauer daum decker degen dehn deich denk deutsch dick dieb diener dienst
dietrich ding distel dohle dom donner dorf dorn drache draht drechsler dreher drei dreier drexler druck
dunkel dunst durst eben eber echt ecke edel edler ehre ehrlich eiche eigen eimer einhorn eis eisen
eisenhauer elf elster eltern emmer ende engel engels enger ente erbe erde erl erle ernst esch esche esel
esser essig euler ewig ewige fabel fach faden faehrmann faerber fahne fahrer falk falke falter fass faust
feder fehler feierabend feige feil fein feind feld felder feldmann fels fertig fest feuer feuerstein fichte
finger fink finster fisch fischer flach flasche fleck fleisch fleischer fleiss flick fliege fluegel flug
fluss foerster folger forst frage frank franke franz frau frech frei freier freitag fremd freud freude
freund frey frieden friedrich friese frisch froehlich froh frosch frost frucht frueh fruehling fuchs fuenf
fuerst fuhrmann funk funke furcht fuss gabel gaertner gans garbe garten gasse gast gebauer gebel geiger
geist gelb geld gericht gern gerne gerste geyer gift gipfel glas glaser glatt gleich glocke glueck gold
golder goldschmied graben graef graf gras grau greif greis grenz grimm grob gross grosser gruen gruender
grueneberg grund gurke gut gute haar haas haase hafer hafner hahn haken halb hals halter hammer hand handel
handwerker hans harder hart harz hase hass haupt hauptmann haus hausmann haut hecht heck hecke heer heft
heger heide heil heiland heilig heim heimann heiss heister held hell helle heller helm hemd henker herbst
herd hering hermann herr herz herzog heu heuer heute hexe hier himmel hinkel hirsch hirt hirte hitze hoch
hochzeit hof hofer hoffmann hofmann hohl holl holz holzer holzmann honig hopf horn horst huber huegel huelse
huhn hummel hund hunger hut huth igel immer jaeger jahn jahr januar jost jung junge junger jungmann kaefer
kaese kahl kaiser kalb kalk kalt kamin kamm kammer kampf kanzler kappe karg karl karpf karpfen kasten kater
katz kaufmann kegel keil keller kellner kern kessel kette kind kirch kirche kirchner kirsch kirsche kittel
klar klee klein kleine kleiner klinge klinger klug klump knabe knapp knecht knie knoll knopf knospe koch
koehler koenig koffer kohl kohle kolb kopf korb korn kraft kragen krahn krampf kranich krank kranz kraus
krause kraut krebs kreis kremer kreutz kreuz krieg krieger krone krug krumm kruse kuchen kuechler kuefer
kuehl kuehn kuehne kugel kuh kummer kunde kunst kunz kupfer kurz kurze kuss lager lamm lamprecht land lang
lange langer lanz laub lauer lauf laufer laut leben leber leder leer lehm lehmann lehrer leicht leid leim
leise leiter leitner lenz lerche lerner leute licht lieb liebe lieber liebig liebling lied linde linden
linder link linke linse lippe list lob loch lohn lohse lorenz los luchs luchter ludwig luft lust maas macht
maenner maerz magd mager mahler mahn mai maier maler mandel mann mantel marder mark markt marquardt marsch
marschall martin mast matt matte matter mauer maul maurer maus mehl mehr meier meister mensch menzel messer
messner metz metzger meyer milch mild milde minder mischer mittag mitte mittler moeller moench mohn mohr
moll mond montag moor moos morgen moser most motz muehl muehle mueller muench mund munter musik muster mut
mutter nachbar nacht nachtigall nadel nagel nagler narr nass natter nebel neff nehmer nest nett netz neu
neuber neue neuer neuhaus neumann neun nickel nied niemand nord nordmann not notar noth nuss obermann obst
ochs ochse ofen ohm ohne oktober onkel opfer ort orth ost oster ostern otte otter otto pabst paff papst park
pasch paul pech pelz peter pfad pfaff pfahl pfand pfarr pfarrer pfau pfeffer pfeifer pfeiffer pfeil pfennig
pferd pfister pflaum pflaume pflug pilger pilz platz polster post pracht prediger preis preuss priester
prinz probst propst puls pult punkt quast quelle rabe rad rahm rahn rapp rasch rast rat rath rau rauch raum
rausch recht rechter reck rede reder regel regen reh reich reiche reicher reif reim rein reiner reis reise
reiss reiter rennert rest reuter richter riegel riemen ries riese rind ring ringer ritter robert rock roemer
roese roggen rohr rose rosen ross rost rot roth rother ruck rude rueck rueger ruh ruhe rund runde runge russ
saal sachs sack saenger saft sage sailer saler salz salzer samstag sand sander sanft satt sattel sattler
sauer saum schaa schaaf schacht schade schaefer schaf schaffer schaffner schall scharf schatten schatz
schein schell schelm schenk scherer schick schiefer schiele schiff schiffer schild schilling schimmel schirm
schirmer schlaeger schlag schlange schlau schlecht schlegel schleicher schlicht schlicker schlier schlimm
schloss schlosser schlueter schluss schmal schmelzer schmerz schmid schmidt schmied schmitt schmitz schmuck
schnabel schnapp schnecke schnee schneider schnell schnitt schnitzer schnur schober schoen schoene schoener
scholz schoppe schott schramm schrank schreck schrei schreiber schreiner schritt schroeder schuetz schuetze
schuh schuhmacher schule schuler schult schulte schultheiss schulz schulze schumacher schumann schuss
schuster schwab schwabe schwager schwalbe schwan schwarz schwarze schweiger schwein schweitzer schweizer
schwer schwert schwester see seel seele seemann segen seger sehr seide seifert seil seiler seitz selig
seltsam semmel senf senger sense sichel sicher sieben sieber sieg siegel siegen silber simon sinn solch
sommer sonne sonnenschein sonntag sorge spaet spatz specht speck speer speicher spengler sperber sperling
spiegel spiel spieler spiess spindel spitz spitzer sporn sprenger spring springer stab stabler stadler stadt
stahl stall stamm stange star stark starke staub steffen steg steger stehr steiger steil stein steiner
steinmetz stern steuer stich stiefel stiegler stiel stier still stille stock stoll stolz stopp storch storm
stoss strahl strand strasser strauch strauss streich streicher streit streng strick strobel stroh strom
strube stube stueck stuhl stumm stumpf stunde sturm sued suess summer suppe tag talent taler tanne tanner
tasch tasche taub taube taucher tausend teich tenner teufel thal theil thier thron tief tiefer tier tisch
tischler tod toepfer toll tolle ton topf tor trager trapp traub traube traum trautmann treu treue trinker
trost trunk tuch tuerk turm uhl uhr ulm unger unruh untermann urban vater veit vetter viehmann viel vier
vogel vogler vogt voigt voll vollmer vorderer vorwerk wach wache wachs wachter wagen wagner wahl wahr wald
walder waldmann wall walter walz wand wanderer wanger ware warm wart wasser weber wechsler weg wegener weger
weide weidmann weigel weiger weihnacht weil wein weinberg weiner weise weiss weisse weit weite welch welk
welle wels welt wende wendel wenig werk werner wert weser west westen wetter wetzel wicht wick widder
widmann wiegand wiese wiesel wild wilde wilder wille willig willing wind winkel winkler winter winzer wirt
wirth wissen witt wittmann witz woehler wohl wolf wolff wolke wolle wollen wort wucher wuensch wund wunder
wunderlich wurm wurst wurz wurzel zahn zander zange zapf zapfen zart zauber zaun zebra zech zehn zeiger zeit
zeitler zelle zeller zelt zettel zeuge zeuner ziegel ziegler ziel zier zimmer zimmermann zinn zipfel zobel
zoll zopf zorn zucker zuegel zug zunft zunge zwei zweig zwerg zwick zwiebel zwirner zwoelf
"""
_ENDINGS: Final = ("", "e", "en", "em", "er", "es", "n", "s", "st", "t")


@cache
def _stems() -> frozenset[str]:
    return frozenset(fold(_WORDS).split())


def is_word(text: str) -> bool:
    """Whether a folded name is an everyday word, in any of its usual endings, or too short to be sure."""
    if len(text) < SHORTEST:
        return True
    return any(text.removesuffix(end) in _stems() for end in _ENDINGS if text.endswith(end))
