//! The articles of the made-up outlet: invented people, places and events, in the shape of real ones.
//! Never here: HTTP, page furniture.

/// One article as the outlet's editors would have it.
pub struct Article {
    /// Its part of the address.
    pub slug: &'static str,
    /// Hours before the newest moment of the outlet.
    pub age_hours: i64,
    /// Its language.
    pub lang: &'static str,
    /// As the line under the headline has them.
    pub tags: &'static [&'static str],
    /// Who wrote it.
    pub author: &'static str,
    /// Its headline.
    pub title: &'static str,
    /// What feed and home page have of it.
    pub teaser: &'static str,
    /// The body as the CMS prints it.
    pub body: &'static str,
}

/// Newest first.
pub const ARTICLES: &[Article] = &[
    Article {
        slug: "harbour-of-anaklara-opens-its-second-quay",
        age_hours: 2,
        lang: "en",
        tags: &["News", "Economy", "Georgia"],
        author: "Nino Beradze",
        title: "Harbour of Anaklara opens its second quay",
        teaser: "After four years of work the port has room for container ships; shippers ask when the railway will follow.",
        body: r#"<p>The harbour of Anaklara took its second quay into service on Monday. Two container ships from Constanța were the first to moor at the new wall, which is 620&nbsp;metres long and was built on 1,400 concrete piles.</p>
<p>&ldquo;We have waited four winters for this morning,&rdquo; said harbour master Levan Kobaliani, who had the ships' horns sounded at eight o'clock sharp. He expects 180,000 containers in the first full year.</p>
<h2>The railway is missing</h2>
<p>What the port still lacks is a track. The line to the main railway at Senaki, 37 kilometres away, is to be finished <em>next autumn</em> at the earliest. Until then every container leaves by road, and the villages along the coast road count the lorries.</p>
<ul><li>Depth at the quay: 16 metres</li><li>Cranes: four, of which two are in operation</li><li>Cost: 214 million lari, a third of it from a development bank's loan</li></ul>
<p>The district council wants a bypass before the summer. The ministry has promised an answer within a month.</p>"#,
    },
    Article {
        slug: "yerevan-metro-reaches-the-airport-road",
        age_hours: 9,
        lang: "en",
        tags: &["News", "Society", "Armenia"],
        author: "Aram Petikyan",
        title: "Yerevan’s metro reaches the airport road",
        teaser: "A twelfth station, a free first week, and a dispute about a mosaic that was found during the digging.",
        body: r#"<p>Trains have been stopping at the twelfth station of the Yerevan metro since Sunday. Noragyugh Gate lies beside the road to the airport; a bus covers the last four kilometres every ten minutes.</p>
<p>The first week is free. By Sunday evening 41,000 people had passed the barriers, many of them only to look at the <strong>mosaic</strong> that came to light when the shaft was dug: a floor of some nine square metres with partridges, vine leaves and an inscription that nobody has yet read in full.</p>
<blockquote><p>It belongs where it was found. A museum would put it behind a rope; here forty thousand people a day will walk past it and know whose city this is.</p><p>— Siranush Melkonyan, archaeologist</p></blockquote>
<p>The culture ministry would rather move it. For the moment the floor lies under glass on the mezzanine, guarded by a retired driver who explains it to everybody who asks.</p>"#,
    },
    Article {
        slug: "baku-publishes-the-water-levels-of-its-reservoirs",
        age_hours: 14,
        lang: "en",
        tags: &["News", "Politics", "Azerbaijan"],
        author: "Leyla Hasanzade",
        title: "Baku publishes the water levels of its reservoirs, for the first time",
        teaser: "Farmers in the lowlands have asked for the numbers for ten years. They are worse than most had feared.",
        body: r#"<p>The water agency in Baku has put the levels of the country's eleven large reservoirs on its website. They are updated every morning at seven. Farmers' associations in the lowlands had asked for the numbers for ten years.</p>
<table><caption>Levels on the first day, in per cent of the usable volume</caption>
<thead><tr><th>Reservoir</th><th>This year</th><th>Ten-year mean</th><th>Change</th></tr></thead>
<tbody><tr><td>Upper Mirvari</td><td>38</td><td>61</td><td>−23</td></tr>
<tr><td>Lower Mirvari</td><td>44</td><td>66</td><td>−22</td></tr>
<tr><td>Qaraçay</td><td>51</td><td>58</td><td>−7</td></tr>
<tr><td>Shirvan Basin</td><td>29</td><td>63</td><td>−34</td></tr></tbody></table>
<p>“Now we can at least plant for the water that is there,” said Rauf Ismayilli, who grows cotton and pomegranates near Sabirabad. Last year he had sown for a normal summer and lost a third of the crop.</p>
<p>The agency's director, Elnur Qasimzade, announced that the abstractions of the large consumers would be published too, “in a second step”. He gave no date.</p>"#,
    },
    Article {
        slug: "three-capitals-agree-on-a-common-rail-timetable",
        age_hours: 20,
        lang: "en",
        tags: &["News", "Politics", "Armenia", "Azerbaijan", "Georgia"],
        author: "Nino Beradze, Aram Petikyan",
        title: "Three capitals agree on a common rail timetable",
        teaser: "From December one ticket is to be enough from Baku to Yerevan by way of Tbilisi. Customs remains the difficulty.",
        body: r#"<p>The railways of Azerbaijan, Georgia and Armenia have drawn up a common timetable for the first time. From the second Sunday in December one ticket will be enough for the journey from Baku by way of Tbilisi to Yerevan, which takes nineteen hours if all goes well.</p>
<p>Whether all goes well depends on customs. The three administrations have so far agreed only that their officers will board the train <em>together</em>. How the luggage of 300 passengers can be looked through in forty minutes is being tried out in a hall near Gardabani, with suitcases borrowed from the staff.</p>
<p>The details:</p>
<ol><li>Baku 18.40 – Tbilisi 06.15, daily</li><li>Tbilisi 07.05 – Yerevan 13.50, daily except Tuesdays</li><li>Reservations open thirty days before departure</li></ol>
<p>More in the <a href="https://railways.example/timetable?utm_source=newsletter&amp;utm_medium=mail&amp;lang=en">draft of the timetable</a> and in the <a href="/en/news/border-station-gets-its-roof.html">report on the border station</a>.</p>"#,
    },
    Article {
        slug: "makhachkala-fishermen-count-the-seals",
        age_hours: 27,
        lang: "en",
        tags: &["News", "Society", "North Caucasus"],
        author: "Patimat Omarieva",
        title: "Makhachkala’s fishermen count the seals",
        teaser: "Because no research ship comes any more, forty boats do the work: with notebooks, patience and a chocolate for every sighting.",
        body: r#"<p>Since no research ship calls any more, the fishermen of Makhachkala count the Caspian seals themselves. Forty boats take part. Each has a notebook with columns for date, hour, position and number, and a fifth that says “certain?”.</p>
<p>In six weeks they entered 1,112 seals, 86 of them pups. The biologist Zaur Alikhanli, who began the count, checks every line. “A man who has been at sea for thirty years knows a seal from a buoy,” he says. “What he doesn't know is that somebody wants to hear of it.”</p>
<p>For each sighting there is a bar of chocolate, paid for out of the institute's tea money. The money has been used up since Thursday. The counting goes on.</p>"#,
    },
    Article {
        slug: "georgien-weinlese-beginnt-frueher",
        age_hours: 33,
        lang: "de",
        tags: &["Nachrichten", "Wirtschaft", "Georgien"],
        author: "Tamar Gelaschwili",
        title: "Georgien: Die Weinlese beginnt so früh wie nie",
        teaser: "In Kachetien werden die ersten Trauben schon Mitte August gelesen. Die Genossenschaften suchen Helfer, die Keller suchen Platz.",
        body: r#"<p>In Kachetien hat die Weinlese so früh begonnen wie nie seit Beginn der Aufzeichnungen. Am 14.&nbsp;August wurden bei Telawi die ersten weißen Trauben eingebracht, elf Tage früher als im langjährigen Mittel.</p>
<p>„Der Zucker wartet nicht auf den Kalender“, sagt die Kellermeisterin Ketewan Dshaparidse. Sie hat ihre Helfer telefonisch aus dem Urlaub geholt. Zwei Drittel sind gekommen, die übrigen sitzen noch am Meer.</p>
<h2>Es fehlt an Platz in den Kellern</h2>
<p>Weil der letzte Jahrgang schleppend verkauft wird, stehen viele der großen Tongefäße noch voll. Die Genossenschaft von Gurdschaani hat deshalb einen stillgelegten Eisenbahntunnel gemietet: 300 Meter lang, das ganze Jahr über zwölf Grad warm, nur die Zufahrt ist schlecht.</p>
<p>Das Landwirtschaftsministerium rechnet mit 290.000 Tonnen. Das wären sieben Prozent mehr als im Vorjahr.</p>"#,
    },
    Article {
        slug: "border-station-gets-its-roof",
        age_hours: 44,
        lang: "en",
        tags: &["Analysis", "Economy", "Georgia", "Azerbaijan"],
        author: "Leyla Hasanzade",
        title: "Border station gets its roof, and a picture gets an answer",
        teaser: "The hall between two customs posts has been without a roof for eleven years. A photograph has changed that.",
        body: r#"<p>For eleven years the passengers at the border station of Beyük Bridge waited in the rain, because each of the two countries held the other responsible for the hall. Then a schoolgirl photographed her grandmother there under an umbrella, with a suitcase as a table and a thermos on it.</p>
<figure><img src="/files/border-station.png" alt="An old woman with an umbrella sits on a suitcase in a hall without a roof"><figcaption>Waiting for the 6.15: the picture that was shared 80,000 times. Photo: Günay Rzali</figcaption></figure>
<p>The picture was shared 80,000 times. Within a fortnight the two railways had a <a href="https://builders.example/contract-2213">contract</a>; within six months there was a roof of steel and wood, 64 metres long. Who paid for it can be read on a plate at the entrance, in letters of equal size.</p>
<p>What can be learned from it? Three things, says the transport economist Giorgi Maisashvili in his <a href="https://transport-papers.example/borders/17#summary">paper on small border posts</a>:</p>
<ul><li>Responsibility that is shared in equal parts is nobody's.</li><li>The costs of waiting appear in no budget.<ul><li>Neither in the railway's,</li><li>nor in the ministry's.</li></ul></li><li>One good picture replaces three working groups.</li></ul>
<p>The grandmother, by the way, takes the bus now. “It has a roof,” she says.</p>
<p><img src="/count.gif?page=border" width="1" height="1" alt=""></p>"#,
    },
    Article {
        slug: "gyumri-theatre-plays-in-the-market-hall",
        age_hours: 52,
        lang: "en",
        tags: &["News", "Culture", "Armenia"],
        author: "Aram Petikyan",
        title: "Gyumri’s theatre plays in the market hall",
        teaser: "The stage is closed for repairs, so the company performs between the cheese and the herbs, at half past six in the morning.",
        body: r#"<p>The municipal theatre of Gyumri is being repaired until spring. Its company has moved into the market hall and plays there between the cheese and the herbs, three times a week, at half past six in the morning: before the first customers come.</p>
<p>They come all the same. On Friday 240 people stood between the stalls, among them the traders, who have learned the longer speeches by heart and prompt without being asked. “The king forgot his lines in the second act,” reports Hasmik, who sells basil. “I gave him two.”</p>
<p>The programme says <code>Admission: free, or a kilo of something</code>. The company has eaten well ever since.</p>"#,
    },
    Article {
        slug: "sheki-weavers-win-their-case",
        age_hours: 70,
        lang: "en",
        tags: &["News", "Politics", "Economy", "Azerbaijan"],
        author: "Leyla Hasanzade",
        title: "Sheki’s weavers win their case about a name",
        teaser: "Only silk that was woven in the town may bear its name. The court took nine years and needed four minutes.",
        body: r#"<p>Only silk that has been woven in Sheki may be sold under the name of the town. That was decided on Thursday by the appeal court in Ganja. The case had taken nine years; the reading of the verdict took four minutes.</p>
<p>The cooperative of the weavers had sued three importers. “We were asked in court how one recognises our silk,” says its chairwoman, Sevda Mammadkhanli. “I put a scarf on the judge's table and said: pull it through the ring. He did. Then he did it again.”</p>
<p>The importers may appeal within thirty days.</p>"#,
    },
    Article {
        slug: "aserbaidschan-schule-auf-raedern",
        age_hours: 78,
        lang: "de",
        tags: &["Nachrichten", "Gesellschaft", "Aserbaidschan"],
        author: "Tamar Gelaschwili",
        title: "Aserbaidschan: Eine Schule auf Rädern für die Hirtenkinder",
        teaser: "Wenn die Familien im Mai auf die Almen ziehen, zieht die Lehrerin jetzt mit: in einem ausgemusterten Linienbus.",
        body: r#"<p>Wenn die Hirtenfamilien im Mai auf die Almen ziehen, fehlten ihre Kinder bisher vier Monate lang in der Schule. In diesem Jahr ist die Schule mitgezogen: in einem ausgemusterten Linienbus mit Holzofen, Solarzellen und 22 Klapptischen.</p>
<p>Die Lehrerin Aygün Vəliyeva unterrichtet sechs Jahrgänge zugleich. „Die Großen erklären es den Kleinen, und wer es zweimal erklärt hat, hat es verstanden“, sagt sie. Nachmittags wird der Bus zur Bibliothek, abends zum Kino.</p>
<p>Das Bildungsministerium will den Versuch im nächsten Jahr auf fünf Busse ausweiten. Bewerbungen von Fahrern, die auch Mathematik können, werden bevorzugt behandelt.</p>"#,
    },
    Article {
        slug: "a-week-in-the-valley-of-the-towers",
        age_hours: 95,
        lang: "en",
        tags: &["Reportage", "Society", "North Caucasus"],
        author: "Patimat Omarieva",
        title: "A week in the valley of the towers",
        teaser: "In Upper Khali seven people live through the winter. One of them repairs the towers, one counts the tourists, five do both.",
        body: r#"<p>In summer Upper Khali has four hundred inhabitants, in winter seven. I spent a week in February with the seven. The road had been closed since New Year; I came by the last helicopter with the post, two sacks of flour and a spare part for the generator that turned out to be the wrong one.</p>
<h2>Monday: the tower</h2>
<p>Magomed-Rasul, 71, repairs one tower each winter. There are thirty-one of them. “When I began I was forty and had worked out that I would be done at seventy-one,” he says. “Then three of them fell down again.” He uses lime, sand, ox hair and eggs. The eggs are the difficulty.</p>
<h2>Wednesday: the school</h2>
<p>The school has one pupil. Her name is Madina, she is nine, and she is top of the class, as she points out, and also bottom. Her teacher is her aunt. In the breaks they play chess by radio with the next valley.</p>
<blockquote><p>The next valley has eleven pupils.</p><p>We are leading four to two.</p></blockquote>
<h2>Saturday: the snow</h2>
<p>On Saturday it snowed for twenty hours. Nobody spoke of it. Towards evening the seven met at Magomed-Rasul's, because his stove is the largest, and somebody read aloud from a newspaper of the previous October. They had kept it for the purpose. The news was good, on the whole: it was over already.</p>
<p>On Sunday the helicopter came. I left behind the wrong spare part, which by then had become the handle of a door, and took along eleven letters and a chess move: knight to f6.</p>"#,
    },
    Article {
        slug: "tbilisi-court-orders-the-opening-of-the-land-register",
        age_hours: 118,
        lang: "en",
        tags: &["News", "Politics", "Georgia"],
        author: "Nino Beradze",
        title: "Tbilisi court orders the opening of the land register",
        teaser: "Anybody may look up who owns what, the judges say, and the fee must not exceed the price of a loaf of bread.",
        body: r#"<p>The administrative court in Tbilisi has ordered the national agency to open the land register to everybody. A query must be answered within a day and must not cost more than a loaf of bread, the judges wrote. An annex names the bakery.</p>
<p>A group of journalists had sued. They had wanted to know to whom a strip of land 4&nbsp;metres wide and 11&nbsp;kilometres long belonged, on which no tree had been felled for twenty years although everything round it had been built over. The agency refused to say.</p>
<p>Now it must. The owner, it appeared within the hour, is the forest.</p>"#,
    },
    Article {
        slug: "stepanavan-observatory-finds-a-comet",
        age_hours: 140,
        lang: "en",
        tags: &["News", "Science", "Armenia"],
        author: "Aram Petikyan",
        title: "Stepanavan’s observatory finds a comet, and a successor",
        teaser: "The discovery was made by a trainee of seventeen, with the smallest telescope of the house.",
        body: r#"<p>The observatory of Stepanavan has discovered a comet for the first time in 38 years. It is faint, greenish and bears the number C/2031 K4; it will come closest to the Earth in March, at a safe 94 million kilometres.</p>
<p>It was found by a trainee of seventeen, Lusine Avetikyan, with the smallest telescope of the house. The large one was being cleaned. Director Ruben Tatosyan, who is to retire in spring and had found no successor, has asked the ministry whether seventeen is too young.</p>
<pre><code>RA   04h 18m 22.1s
Dec +31° 07' 44"
mag  16.2   (2031-05-19 21:40 UT)</code></pre>
<p>The ministry is examining the question.</p>"#,
    },
    Article {
        slug: "georgian-script-gets-a-new-letter-on-the-keyboard",
        age_hours: 165,
        lang: "en",
        tags: &["Analysis", "Culture", "Georgia"],
        author: "Nino Beradze",
        title: "An old Georgian letter returns to the keyboard",
        teaser: "ჱ had been out of use since 1879. A poet, a typographer and a football club have brought it back.",
        body: r#"<p>The letter ჱ, abolished in 1879, has been on the country's standard keyboard again since the first of the month. It owes its return to a poet, a typographer and a football club.</p>
<p>The poet, Irakli Lomsadze, had used it in a title: <em>სამჱ</em>. The typographer had to draw it for the cover and found it so beautiful that she drew the whole alphabet afresh. The football club, third in the second league, had the letter printed on its shirts by mistake, won eleven matches in a row and has refused to correct it ever since.</p>
<p>In Armenian the letter would be <span lang="hy">է</span>, in Greek η; in Russian, as readers write to us, there is nothing of the sort: <span lang="ru">«ничего подобного»</span>.</p>"#,
    },
];

/// What another outlet, the Lori Post, tells of events that the first tells of too; newest first. Its feed has whole texts.
pub const RETOLD: &[Article] = &[
    Article {
        slug: "anaklara-second-quay",
        age_hours: 4,
        lang: "en",
        tags: &["Georgia", "Economy"],
        author: "Lori Post",
        title: "Anaklara harbour takes its second quay into service",
        teaser: "",
        body: r#"<p>Anaklara harbour has a second quay since Monday: a wall 620 metres long on 1,400 concrete piles. The first two container ships to moor there came from Constanța.</p>
<p>Harbour master Levan Kobaliani expects 180,000 containers in the first year. He had the ships' horns sounded at eight in the morning to mark the day.</p>
<p>The railway to Senaki is not finished. Until it is, lorries carry the containers along the coast road, and the district council asks for a bypass before the summer.</p>
<p>The price of land behind the quay has doubled since the spring, says the notary of Anaklara, who has sold 37 plots this year.</p>"#,
    },
    Article {
        slug: "airport-road-metro-station",
        age_hours: 11,
        lang: "en",
        tags: &["Armenia", "Society"],
        author: "Lori Post",
        title: "Mosaic under glass as Yerevan metro opens its twelfth station",
        teaser: "",
        body: r#"<p>The Yerevan metro opened its twelfth station on Sunday. Noragyugh Gate lies on the road to the airport, and a bus takes passengers the last four kilometres every ten minutes.</p>
<p>41,000 people passed the barriers by Sunday evening. The first week is free, but many came for the mosaic that was found when the shaft was dug: partridges, vine leaves and an inscription.</p>
<p>The archaeologist Siranush Melkonyan wants it to stay where it was found. The culture ministry would rather move it to a museum.</p>
<p>The city council will vote on the matter in three weeks, its speaker Hovik Danelyan said.</p>"#,
    },
    Article {
        slug: "one-ticket-baku-yerevan",
        age_hours: 23,
        lang: "en",
        tags: &["Armenia", "Azerbaijan", "Georgia"],
        author: "Lori Post",
        title: "One ticket from Baku to Yerevan: common rail timetable agreed",
        teaser: "",
        body: r#"<p>Azerbaijan, Georgia and Armenia have agreed on a common rail timetable. From the second Sunday in December one ticket will do for the journey from Baku by way of Tbilisi to Yerevan. It takes nineteen hours.</p>
<p>Customs officers of the three administrations are to board the train together. They practise in a hall near Gardabani how the luggage of 300 passengers can be looked through in forty minutes.</p>
<p>Trains leave Baku daily at 18.40 and arrive in Tbilisi at 06.15. Those to Yerevan run daily except on Tuesdays.</p>
<p>The dining car will be Georgian as far as the border and Armenian after it.</p>"#,
    },
];
