//! Dates on pages: for machines in attributes, for people in short lines.
//! Never here: where on a page a date stands, the tables of words.

use std::sync::LazyLock;

use super::moment::{Moment, Written};
use super::{machine, relative, written};
use newsprint_model::Time;

/// Reads a date that stands alone or in a short line (`Updated: 12 June 2024, 14:02 CET`).
/// `lang` (`en-US`) settles what its language spells in its own way; `3/4/2024` is 3 April but in the US.
pub(crate) fn parse(text: &str, lang: Option<&str>) -> Option<Written> {
    let text = text.trim();
    if text.len() < 6 || !text.chars().any(char::is_numeric) && !text.contains('年') {
        return None;
    }
    if let Some(time) = machine::epoch(text, 10).filter(|_| !text.contains('.')) {
        return Moment::utc(time).written();
    }
    let rules = written::Rules { lang, whole: false };
    written::find(text, rules)?.written()
}

/// As [`parse`], and what is said against the moment of the fetch: `3 hours ago`, `yesterday, 14:02`, `12 June`.
pub(crate) fn parse_at(text: &str, lang: Option<&str>, fetched: Option<Time>) -> Option<Written> {
    parse(text, lang).or_else(|| {
        let written = relative::find(text, lang, fetched?)?.written()?;
        Some(Written {
            relative: true,
            ..written
        })
    })
}

/// Whether a line says nothing but when, with or without a year, or against the moment of a fetch.
pub(crate) fn says_when(text: &str, lang: Option<&str>) -> bool {
    // The last day of a leap year: every day of a year is behind it.
    static SOME_DAY: LazyLock<Option<Time>> = LazyLock::new(|| "2024-12-31T12:00:00Z".parse().ok());
    parse_at(text, lang, *SOME_DAY).is_some()
}

/// Whether a word is the name of a month or of a day of the week.
pub(crate) fn is_date_word(word: &str) -> bool {
    /// Folded beginnings.
    #[rustfmt::skip]
    const WEEKDAYS: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miercoles", "jueves",
        "viernes", "sabado", "domingo", "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "segunda",
        "terca", "quarta", "quinta", "sexta", "feira", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
        "zondag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag", "tisdag", "lordag", "poniedzialek",
        "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela", "pondeli", "utery", "streda", "ctvrtek", "patek",
        "nedele", "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar", "понедельник", "вторник", "среда",
        "четверг", "пятница", "суббота", "воскресенье", "понеділок", "вівторок", "середа", "четвер", "пятниця", "субота", "неділя",
        "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد",
    ];
    let word = newsprint_model::fold(word);
    super::words::month(&word, None).is_some()
        || WEEKDAYS.iter().any(|day| match day.len() {
            3 => word == *day || word.ends_with("day") && word.starts_with(day),
            _ => word == *day,
        })
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn local(text: &str) -> String {
        parse(text, None)
            .map(|written| written.local)
            .unwrap_or_default()
    }

    #[test]
    fn what_programs_write() {
        for (text, expected) in [
            ("2024-06-12", "2024-06-12"),
            ("2024-06-12T14:02:03+04:00", "2024-06-12T14:02:03+04:00"),
            ("2024-06-12T14:02:03.123456Z", "2024-06-12T14:02:03Z"),
            ("2024-06-12 14:02:03 +0200", "2024-06-12T14:02:03+02:00"),
            ("2024-06-12T14:02", "2024-06-12T14:02:00"),
            ("2024/06/12 14:02", "2024-06-12T14:02:00"),
            ("20240612", "2024-06-12"),
            ("20240612T140203Z", "2024-06-12T14:02:03Z"),
            ("Wed, 12 Jun 2024 14:02:03 GMT", "2024-06-12T14:02:03Z"),
            ("Wed Jun 12 14:02:03 +0000 2024", "2024-06-12T14:02:03Z"),
            ("Wed Jun 12 14:02:03 CEST 2024", "2024-06-12T14:02:03+02:00"),
            ("1718200923", "2024-06-12T14:02:03Z"),
            ("1718200923000", "2024-06-12T14:02:03Z"),
        ] {
            assert_eq!(local(text), expected, "{text}");
        }
    }

    #[test]
    fn what_people_write() {
        for (text, expected) in [
            ("12 Jun 2024 | News, Politics", "2024-06-12"),
            ("12.06.2024, 14:02 Uhr", "2024-06-12T14:02:00"),
            ("Stand: 12. Juni 2024, 14.02 Uhr", "2024-06-12T14:02:00"),
            ("12. 6. 2024", "2024-06-12"),
            ("12/06/24", "2024-06-12"),
            ("12-Jun-24", "2024-06-12"),
            ("12 /06 /Jun /2024 14:02", "2024-06-12T14:02:00"),
            (
                "June 12th, 2024 at 2:02 p.m. EDT",
                "2024-06-12T14:02:00-04:00",
            ),
            ("14:02, 12 June 2024", "2024-06-12T14:02:00"),
            ("Publié le 12 juin 2024 à 14h02", "2024-06-12T14:02:00"),
            ("12 de junio de 2024", "2024-06-12"),
            ("12 czerwca 2024", "2024-06-12"),
            ("12. června 2024", "2024-06-12"),
            ("12. července 2024", "2024-07-12"),
            ("12 июня 2024 г., 14:02", "2024-06-12T14:02:00"),
            ("3 мая 2024", "2024-05-03"),
            ("12 червня 2024", "2024-06-12"),
            ("12 ივნისი 2024", "2024-06-12"),
            ("2024 წლის 12 ივნისი", "2024-06-12"),
            ("12 հունիսի 2024", "2024-06-12"),
            ("12 İyun 2024", "2024-06-12"),
            ("12 Haziran 2024, Çarşamba", "2024-06-12"),
            ("2024年6月12日 14:02", "2024-06-12T14:02:00"),
            ("2024년 6월 12일 14시 02분", "2024-06-12T14:02:00"),
            ("2024.06.12 14:02", "2024-06-12T14:02:00"),
            ("١٢ يونيو ٢٠٢٤", "2024-06-12"),
            ("12 כ 12 ביוני 2024", "2024-06-12"),
            ("2024 m. birželio 12 d.", "2024-06-12"),
            ("2024. június 12.", "2024-06-12"),
            ("12 tháng 6, 2024", "2024-06-12"),
            ("12 Ağustos 2024", "2024-08-12"),
            ("30 Maret 2024", "2024-03-30"),
            ("12 มิ.ย. 2567 14:02 น.", "2024-06-12T14:02:00"),
            ("วันพุธที่ 12 มิถุนายน 2567", "2024-06-12"),
            ("12 เม.ย. 2024", "2024-04-12"),
            ("12. juuni 2024", "2024-06-12"),
            ("12. oktoober 2024", "2024-10-12"),
            ("১২ জুন ২০২৪", "2024-06-12"),
            ("৫ সেপ্টেম্বর ২০২৪, ১৪:০২", "2024-09-05T14:02:00"),
            ("12 ஜூன் 2024", "2024-06-12"),
            ("5 பிப்ரவரி 2024", "2024-02-05"),
            ("12 جون 2024", "2024-06-12"),
            ("5 مئی، 2024ء", "2024-05-05"),
            ("12 qershor 2024, 14:02", "2024-06-12T14:02:00"),
            ("5 nëntor 2024", "2024-11-05"),
            ("12 маусым 2024", "2024-06-12"),
            ("2024 жылғы 5 қыркүйек", "2024-09-05"),
            ("令和6年6月12日", "2024-06-12"),
            ("令和元年5月1日 14時02分", "2019-05-01T14:02:00"),
            ("平成三十年六月十二日", "2018-06-12"),
        ] {
            assert_eq!(local(text), expected, "{text}");
        }
    }

    #[test]
    fn the_halves_of_the_day_in_many_languages() {
        for (text, expected) in [
            ("الثلاثاء، 11 أبريل 2017 03:18 م", "2017-04-11T15:18:00"),
            ("11 أبريل 2017 - 12:05 ص", "2017-04-11T00:05:00"),
            ("11 أبريل 2017 03:18 مساءً", "2017-04-11T15:18:00"),
            // The letter says here that the year is one of the common era.
            ("11 أبريل 2017م 03:18", "2017-04-11T03:18:00"),
            ("11 April 2017 3:18 ب.ظ", "2017-04-11T15:18:00"),
            ("11 अप्रैल 2017 3:18 अपराह्न", "2017-04-11T15:18:00"),
            ("11 अप्रैल 2017 12:18 पूर्वाह्न", "2017-04-11T00:18:00"),
            ("2017년 4월 11일 오후 3:18", "2017-04-11T15:18:00"),
            ("2017年4月11日 下午3:18", "2017-04-11T15:18:00"),
            ("2017年4月11日 星期二下午3:18", "2017-04-11T15:18:00"),
            ("2017年4月11日 午後3時18分", "2017-04-11T15:18:00"),
            ("11/04/2017, 3:18 μ.μ.", "2017-04-11T15:18:00"),
            ("11 Απριλίου 2017, 3:18 μμ", "2017-04-11T15:18:00"),
            ("11 Απριλίου 2017, 12:18 πμ", "2017-04-11T00:18:00"),
            ("April 11, 2017 3:18 p. m.", "2017-04-11T15:18:00"),
        ] {
            assert_eq!(local(text), expected, "{text}");
        }
        let in_lang = |text: &str, lang: &str| parse(text, Some(lang)).unwrap().local;
        assert_eq!(in_lang("11/04/2017 3:18 CH", "vi"), "2017-04-11T15:18:00");
        assert_eq!(in_lang("11.04.2017 12:18 Sa", "de"), "2017-04-11T12:18:00");
    }

    #[test]
    fn numbers_in_the_order_of_the_language() {
        assert_eq!(local("3/4/2024 9:41 AM EST"), "2024-03-04T09:41:00-05:00");

        assert_eq!(
            parse("3/4/2024", Some("en-US")).unwrap().local,
            "2024-03-04"
        );
        assert_eq!(local("3/4/2024"), "2024-04-03");
        assert_eq!(local("4/23/2024"), "2024-04-23");
        assert_eq!(
            parse("12 listopada 2024", Some("hr")).unwrap().local,
            "2024-10-12"
        );
        assert_eq!(
            parse("12 listopada 2024", Some("pl")).unwrap().local,
            "2024-11-12"
        );
    }

    #[test]
    fn a_day_without_a_year_has_none_before_its_time() {
        for text in [
            "12.1. 06:15",
            "Stand: 12.01. 06:15 Uhr",
            "12.01. 06.15 Uhr",
            "12.1. 06h15",
            "12. 1. 06 Uhr",
        ] {
            assert_eq!(local(text), "", "{text}");
        }
        assert_eq!(local("12.01.06, 14:02 Uhr"), "2006-01-12T14:02:00");
        assert_eq!(local("12. 1. 06, 14:02"), "2006-01-12T14:02:00");
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_what_stands_beside() {
        assert_eq!(local("9/11/2023, 2:20:11 PM"), "2023-09-11T14:20:11");
        assert_eq!(
            parse("9/11/2023, 2:20:11 PM", Some("zh")).unwrap().local,
            "2023-09-11T14:20:11"
        );
        assert_eq!(
            parse("9/11/2023 2:20:11 pm", Some("en-AU")).unwrap().local,
            "2023-11-09T14:20:11"
        );
        assert_eq!(local("9/11/2023 at 2:20 pm"), "2023-11-09T14:20:00");
        assert_eq!(local("Fri, 10/11/2013 - 08:30"), "2013-10-11T08:30:00");
        assert_eq!(local("Sunday 10/11/2013"), "2013-11-10");
        assert_eq!(
            parse("domingo, 10/11/2013", Some("es")).unwrap().local,
            "2013-11-10"
        );
        // One that fits neither decides nothing.
        assert_eq!(local("Tuesday 10/11/2013"), "2013-11-10");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2024",
            "12:30",
            "May be 3 of 2024 people",
            "31 February 2024",
            "Call 0800-1234-567",
            "192.168.10.20",
            "Season 12 market 2024",
            "0000-00-00 00:00:00",
            "12 June",
            "1234567890123456789012345678901234567890",
        ] {
            assert_eq!(parse(text, None), None, "{text}");
        }
        parse(&"9".repeat(1_000_000), None);
        parse(&"12 June ".repeat(100_000), None);
    }
}
