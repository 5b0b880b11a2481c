//! How many articles have a word, before any is known: a window of a few articles would else take the words of every
//! article for as rare as the names of one event.
//! Never here: what the articles of a window have (`features`).

use std::sync::LazyLock;

use crate::common::is_common_term;
use crate::fresh::function_words;
use crate::profile::{Kind, Term};
use crate::words::{self, HashMap};

/// The share of articles that have a word that says nothing by itself.
const FUNCTION: f32 = 0.4;
/// The share of those that have a word of [`OFTEN`].
const SHARE: f32 = 0.12;
/// The share of those that name a day, a month, an office, an agency.
const COMMON: f32 = 0.1;

/// The share of those that have any other word.
const WORD: f32 = 0.02;
/// The share of those that have a number.
const NUMBER: f32 = 0.02;

/// Words of news of all kinds, as written, by language.
const OFTEN: &[(&str, &str)] = &[
    (
        "en",
        "according added again against ago agency already although always america american among announced another area \
         around arrested authorities away based because become began behind being believe best better between big \
         billion board both bring business called came capital case cause center central change chief children city close \
         come comes comment community company confirmed continue control council country county court crisis current cut \
         daily days deal death decision department despite die director district drive due during each early east economy \
         effort eight end enough even evening event ever every expected face fact family far father few fight finally \
         find fire first five force foreign former found four free friend front full future game gave general get give \
         given go goal going good got government great group growing half hand happened hard head health hear held help \
         high him himself hit hold home hope hospital hour house how however human hundred husband important include \
         including increase industry information inside international investigation issue job join keep kill killed know \
         known large last late later latest launch law lead leader least leave led left legal less let level life like \
         likely line little live local long look lost lot made major make man manager march market matter mean media \
         meeting member men middle military million minister minute month morning mother move must name nation national \
         near nearly need never news next night north nothing now number offer office officer official often old once \
         open operation order organization own part party past pay people per percent period person place plan play point \
         police policy political power present president pressure price prime problem process program project public put \
         question quickly reach real reason received recent record region release remain report reported reporter residents response \
         rest result return right rise road role run same saw school season second secretary security see seen senior sent \
         serious service set seven several show since single sir site situation six small social something sometimes son \
         soon source south special spokesman spokeswoman staff start state statement station still stop story street strong \
         support sure system take taken talk team tell ten term thing think third though thousand three through time today \
         together told took top total town trade travel tried try turn type union united until use used using victim video \
         view vote wait want war water way website week weekend well went west while white whole why wife win without woman \
         women won word work worked worker working world worse yard year yesterday yet young",
    ),
    (
        "de",
        "ab aber alle allem allen aller alles angaben anfang arbeit bereich bereits beim beiden besonders besser \
         bevor bis bisher bleibt brauchen bringen damit danach dann daran darauf daruber davon dazu dabei denn deren dessen \
         deshalb deutlich doch dort drei ebenfalls eigentlich einmal ende endlich \
         ers erst erste ersten erhalten erklarte etwa etwas euro fall fast fest finden folgen frage frau frauen freie fruher \
         funf ganz ganze gegeben geben geht gehen gemacht gemeinsam gerade gesagt geld gibt gilt gleich grosse grossen grund \
         gut haus heisst heute hier hin hohe ihm ihn immer insgesamt jahr jahre jahren jedoch jeder jetzt kein keine keinen \
         kinder klar kommen kommt land landes lange lassen laut leben letzte letzten leute liegt macht machen mal mann mehr \
         mehrere mensch menschen millionen minuten mittwoch moglich monat monate monaten montag morgen muss mussen nachdem \
         neben nichts neue neuen neuer nie ob obwohl ohne ort platz polizei problem prozent rund sagen sagt sagte schon \
         schnell sehen sehr seit seite selbst seien sei situation sogar sollte sollten sowie spater sprecher stadt statt \
         stehen steht stelle stellen stunden tag tage tagen teil thema tun uber uhr unser unsere viel viele vielen vier \
         vollig wahrend wann warum was weg wegen weil weiter weitere weiteren welt wenig wenige weniger wenn wer wieder wir \
         wird wirklich wochen woche wohl wo wollte wollten zahl zehn zeigt zeit zudem zuletzt zunachst zusammen zwar zwei \
         zweite zwischen",
    ),
    (
        "fr",
        "ainsi alors ancien annee annees ans apres assure aujourdhui aupres aussi autre autres avaient avant avoir bien car \
         cas celui cela ceux chaque chef cinq cour contre declare deja depuis dernier derniere derniers deux devant devrait \
         dimanche dire dit donc droit effet encore enfants ensemble entre entreprise etat euros explique face faire fait \
         faut femme femmes fin fois france francais francaise gouvernement grand grande groupe hier heure heures homme hommes \
         indique ici jamais jeune jour journee jours jusqua justice lors lorsque loi maintenant maire mais mal matin meme \
         membres mieux million millions ministre mise moins mois moment monde mort nombre non notamment notre nous nouveau \
         nouvelle on outre parce pays pendant personne personnes peu peut place plusieurs point police politique porte pour \
         pourrait premier premiere pres president presse prix problemes projet public puis quand quatre quelques question \
         quoi rappelle rapport rien sans securite selon semaine semaines sera services si situation soir souligne suite sur \
         tandis temps toujours travail tres trois trop vers vie ville vous",
    ),
    (
        "es",
        "ademas ahora algo algunos alli ano anos antes apoyo aqui asi aunque ayer bien cabo cada calle caso casi centro cerca \
         cinco ciudad comision con contra cosas cual cuando cuanto cuatro cuenta debe decir dejo dentro derecho desde despues \
         dia dias dice dicho dijo dinero director donde dos durante ella ellos embargo empresa empresas encuentra entonces \
         equipo ese espana esos estado estar estos euros explico falta familia fin final forma fuentes fuera general gente \
         gobierno gran grande grandes grupo haber habia hace hacer hacia han hecho hombre hora horas hoy igual informacion \
         informo inicio jornada junto lado ley llegar llego local luego lugar lunes madre manera martes mayor medio medios \
         mejor menos mes meses mientras millones ministro mismo momento muchas mucho muchos mujer mujeres mundo municipal nada \
         nacional ni ninguna nos nosotros noche nueva nuevo numero nunca otra otras otro otros pais parte partido pasado \
         persona personas poco poder policia politica porque posible presidente primer primera principal problema proceso \
         programa proximo proyecto publico pueblo puede pueden puesto pues punto quien realizar segun segunda segundo seguridad \
         seis semana sera si siempre siguiente sin sino situacion social solo tal tambien tan tanto tarde tiempo tiene tienen \
         toda todas todo todos trabajo tras tres ultima ultimos unos usted va van varios ver vez veces vida viernes zona",
    ),
    (
        "it",
        "ad alcuni allora altre altri altro anche ancora anni anno aver avere bene breve casa caso circa citta cinque comune \
         con contro cosa cosi cui da davanti dei del dell dice dire dopo dove due durante ecco euro famiglia fare fatto fine \
         fino forze fra generale giorni giorno giunta governo grande gruppo ha hanno ieri infatti inoltre insieme intanto \
         intervento invece italia italiana italiano lavoro legge lei loro luogo ma mai mattina meno mentre mesi mila milioni \
         ministro molto momento mondo nazionale nei nelle nessuno noi nostra nostro notte numero nuova nuovo ogni oggi oltre \
         ora ore parte paese parole partito passato persona persone poi polizia possibile posto presidente presso prima primo \
         problema progetto proprio pubblico puo punto qualche quale quando quanto quattro quella quelli quello questa queste \
         questi qui rispetto sara scorso se secondo sempre senza sera serie servizio settimana si sicurezza situazione solo \
         sta stati stesso stessa storia strada tanto tempo tra tre tutta tutte tutti tutto ultimi uno va vari verso via vita \
         volta",
    ),
    (
        "pt",
        "agora ainda alem algum alguns ano anos antes apenas apos aqui assim bem cada caso causa cerca cidade cinco com como \
         contra criancas dar depois desde deve dia dias disse dois dos durante ela ele eles empresa empresas entao era essa \
         esse estado estao estar estava euros fazer ficou fim foi forma governo grande grandes grupo ha hoje homem hora horas \
         isso isto lei local logo lugar maior maioria manha mas meio melhor menos mes meses mesmo milhoes ministro momento \
         mortes muito muitos mulher mulheres mundo municipal nada nacional nem noite nosso nova novo numero nunca onde ontem \
         outra outras outro outros pais para parte passado pessoas pode podem policia politica ponto porque portugal presidente \
         primeira primeiro problema processo projeto proximo publica publico quando quatro quem realizado refere saude se \
         seguinte seguranca segundo sem semana sempre sera servico servicos sexta situacao sob social tambem tanto tarde tempo \
         todas todo todos trabalho tres ultimos vai varias varios vez vezes vida",
    ),
    (
        "nl",
        "aan aantal alle alleen allemaal alles als altijd andere anders avond been begin beter bij blijft daar daarna daarom \
         dag dagen dan deel denken deze dit doen dus echt eens eerder eerst eerste eigen eind elkaar euro gaan gaat geen geld \
         geleden genoeg geven goed groep grote hadden heel hem hen hier hoe hoog huis iedereen iemand iets ik inmiddels jaar \
         jaren je kan kinderen komen komt kon kunnen laatste laat land lang later leven maand maanden maar maken man mannen \
         meer mensen met meter miljoen mijn minder minister minuten moet moeten mogelijk morgen na naast nederland nederlandse \
         niemand niets nieuw nieuwe nodig nooit nou nu onder onderzoek ons onze ook open plaats politie probleem procent punt \
         regering rond samen sinds situatie slechts snel staan staat stad steeds terug tijd tijdens toch toen tot tussen twee \
         tweede uit uur vaak vandaag veel verder volgende volgens vooral vorig vorige vrouw waar waarin waarom wat week weken \
         wel weer weg weinig welke werk wie wij wil willen zal zegt zei zelf zeer zes zien zo zoals zonder zou zouden",
    ),
    (
        "sv",
        "aldrig all alla allt andra annan ar aren arbete att bara barn battre behover blivit bland bor borjan borjade bort bra \
         da dag dagar dar darfor del dem denna deras dessa detta dig dock dom du enligt eftersom egen ett fall fatt far fem \
         fick fler flera folk fore forsta fortfarande fram fran fraga fyra genom ger gick gjort god gor gora gott grupp ha han \
         hade hal handlar har hel hela heller hennes hit hjalp hogt hon hur i idag igen ingen inga inget inne innan in jag jobb \
         just kan kanske kom kommer kommit kommun kronor kunde kvinna kvinnor lagt land lange langre liv lite manader man \
         manga med medan men mer mest miljoner minst minuter mot mycket nagon nagot nagra nar nara nasta natt nu nya nytt och \
         ocksa ofta olika om omradet oss over parti person personer plats polisen politik procent regering redan ratt sade saga \
         samma samt sedan senare senaste sett sex sig situation sista ska skulle sma snart som stad stallet starkt stor stora \
         stort sverige svenska sa sadan ta tag tar tid tidigare till tillbaka timmar tiden tre tror tva under upp ur ut utan \
         vad var vara varit varje vecka vet vi vid vidare viktigt vill ville",
    ),
    (
        "pl",
        "aby bardzo bez bedziemy byc chce chodzi choc czas czasie czasu czesc czterech czy czyli dla dlatego dni dnia do dobrze \
         dom dopiero doszlo duzo dwa dwie dwoch dzialania dzieci dzien dzis dzisiaj gdy gdzie godzin godziny grupy i ile ilosc \
         inne innych ja jednak jeden jedna jednym jej jesli jeszcze juz kazdy kiedy kilka kobieta kolejny kolejne koniec kraj \
         kraju kto ktora ktore ktory ktorych ktorzy lat lata ludzi ludzie ma maja mamy miasta miejsce miejsca miesiac mial \
         miala mieli minut moga moze mozna mogl musi nad nam nas nasz nawet nic nich nim nowe nowy o obecnie od okolo on ona \
         oni oraz osoba osob osoby ostatni panstwa pierwszy pod podczas podkreslil pol polska polski polsce ponad poniewaz \
         powiedzial praca pracy prawa prawie prezes prezydent problem procent przeciwko przede przez przy punkt raz razem roku \
         rok rowniez rzad sam samo sie skonczyl sobie spraw sprawie sprawy srodki stan swoje sytuacja ta tak taka takie tam \
         teraz tez trzeba trzy tu tydzien tylko tys tysiecy tym tyle u udalo w wiec wieczorem wiele wielu woda wojewodztwa \
         wszystkie wszystko wtedy wynika wysoko z za zaraz zawsze ze zeby zl zlotych znow zostac zycie zycia",
    ),
    (
        "ru",
        "более будто будут быть вам вас ведь весь вместе вновь во вопрос воскрес восемь времени время все всего всех вторник вы \
         где глава года году год говорит говоря город города государ давно даже два две дело дела день детей для днем дней до \
         дома другие других его едва если есть еще жизни жителей за заявил здесь из известно изза или именно имеет информации \
         их июня ка каждый как какая какие когда компания компании которой которого которые котором которую которых кроме кто \
         лет лица летний людей люди между меня местные место месте месяц миллион миллиардов минут мир мира мне много может \
         можно мог могут момент мы надо назад нам нас наших начала начали необход несколько нет нового новый новые ночью ну \
         нужно об область области однако один одна одним около он они особенно отметил очень перв первый перед писали по \
         подробн под пока полиции получил после последн поэтому правительство президент при применения примерно принят причин \
         про проблемы процент процентов прошлом пять работы работа раз района ранее результате решение россии российск россия \
         рублей ряд с сам самый свои своей своего своих связи сегодня сейчас сказал сколько слова словам сообщает сообщил \
         сообщили составил среди средства стал стала стали сторону стороны страны стране суд так также такие такой там тем \
         теперь того тоже только том тогда три ту тут тысяч тысячи у уже утра утром участие хотя часа часов части часть чего \
         человек человека чем через четыре что чтобы эта этого этой этом этих",
    ),
    (
        "uk",
        "або адже ані багато без біля буде був бути важливо вам вас ваш ввечері весь вже від вона вони все всього всі всіх \
         вівторок він влади вранці голова години грн давно далі два дві день державн держави десять дитина для до дітей днів \
         другий ж життя заявив завжди зараз зазначив здоров зі знову із їй їм інших інші інформації його кілька коли компанія \
         кожен країни країна крім куди ледве лише люди людей ми має мають мені між місто міста місця місце місяць мільйонів \
         могли може можна на навіть нагадаємо нам нас наших не немає нині ні нічого нової новий ночі область області один одна \
         однак особливо ось перед перший після під повідомив повідомили поки понад потім при працю президент про проблеми \
         протягом проти п раз район раніше результаті рік року років роботи російськ саме свої своєї своїх себе сказав слова \
         словами стало сьогодні суд та так також такий там те тепер тис тисяч тільки того тоді тому три тут україни україна \
         українськ уряд усі усіх хоча хто це цей цього цьому час часу частина через чи чоловік що щоб я",
    ),
    (
        "tr",
        "acikladi adet aldi alan altinda ancak ardindan artik aski asla ayni ayrica bana basin baska baskan baskani baslad bazi \
         belirtti ben beri bes biri birlikte biz bizim boyle bugun bulunan bunu bunun burada bundan butun buyuk cok cunku dedi \
         degil devam devlet diger dolayi dogru dort dun dunya edildi edilen eden ederek eger elde en fakat gecen genel gerek \
         gibi gore gun gunu guclu hakkinda halde halen hangi hatta hem henuz her herhangi hic ifade iki ikinci il ile ilgili \
         ilk ise isin kabul kadin kaldi kalan karsi karar kendi kez kim kisi kisinin konu konusu konusunda kurul lira \
         merkez milli milyon mi nasil ne neden nedeniyl nin oldu oldugun olan olarak olmasi olmayan olup onemli onlar ora \
         oradan orada ortaya oyle ozel pek polis saat sabah sadece sanki saglad sayi sene senin sekilde sey siz soyledi sonra \
         sonunda su surec tarafin tek toplam tum turk turkiye uc uzere uzerine uzun var veren verdi yapan yapilan yapildi yaptigi \
         yani yeni yer yerine yil yilinda yine yok yuzde zaman zor",
    ),
    (
        "el",
        "ακομα ακομη αλλα αλλο αλλοι αν αναφερ αναμεσα ανθρωποι αντι αποτελ αρχη αυτα αυτες αυτη αυτην αυτο αυτοι αυτον \
         αυτος αυτου βρισκετ γεγονος γι γιατι γινει γινεται γυναικα γυναικες δευτερα δεν διαρκεια διοτι δυο εαν εδω εδωσε εγινε \
         εθνικ ειπε εκει εκεινη εκτος εμεις ενας ενω εξι επειδη επι επισης εργα εργασια ετσι ετη ευρω \
         εχουμε ζωη ζωης ημερα ημερες θεμα θεση θελει ιδια ιδιο ιδιος ισως καθε καθως και καμια κανει κανεις κανενα καποια καποιοι \
         καποιος κατι κεντρο κοσμο κυβερνη κυριο λεει λιγο λογο λογω λοιπον μαζι μαλιστα μεγαλη μεγαλο μερα μερες μερος μεσα \
         μεταξυ μεχρι μηνα μηνες μια μονο μπορει νεα νεο νομος νυχτα ολα ολες ολη ολο ολοι ομως οποια οποιο οποιος οπου οπως οσο \
         οταν ουτε ουτοτ παιδια παλι παντα παρα παρολο πατε περι περιοχη περισσο πλεον πολη πολλα πολλοι πολυ ποσο ποτε που \
         προβλημ προεδρο προκειτ προς πρωι πρωτη πρωτο πρωτος πως σαν σε σημερα σημειω στελεχη σχεδον σχεση συμφωνα συνεχει τελος \
         τοσο τοτε τρεις υπαρχει υπερ υπο υπουργο φορα φορες χθες χρονια χρονο χωρα χωρις ωρα ωρες ωστε",
    ),
];

/// Shares of articles by word of one language.
pub(crate) type Shares = HashMap<f32>;

/// The shares of one language; none of one that is not known. Texts whose language is not known are compared as English.
pub(crate) fn shares(lang: &str) -> &'static Shares {
    static ALL: LazyLock<Vec<(&str, Shares)>> = LazyLock::new(|| {
        let of = |(lang, often): &(&'static str, &str)| {
            let mut shares = Shares::default();
            let forms = often.split_whitespace();
            for form in forms.map(|word| words::stem(words::folded(word), *lang == "en")) {
                shares.insert(words::hash(&form), SHARE);
            }
            for form in function_words(lang) {
                shares.insert(words::hash(form), FUNCTION);
            }
            (*lang, shares)
        };
        OFTEN.iter().map(of).collect()
    });
    static NONE: LazyLock<Shares> = LazyLock::new(Shares::default);
    let lang = if lang.is_empty() { "en" } else { lang };
    let known = ALL.iter().find(|(known, _)| *known == lang);
    known.map_or(&NONE, |(_, shares)| shares)
}

/// The share of articles that have a term.
pub(crate) fn share(shares: &Shares, term: Term) -> f32 {
    match shares.get(&term.hash()) {
        Some(share) => *share,
        None if is_common_term(term.hash()) => COMMON,
        None => match term.kind() {
            Kind::Word => WORD,
            Kind::Number | Kind::Result => NUMBER,
            Kind::Name => 0.0,
        },
    }
}
