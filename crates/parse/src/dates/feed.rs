//! The dates that feeds carry, in every spelling a person could read, to [`Time`].
//! Never here: the clock (no spelling is completed from today's date), the tables of words.

use super::moment::Moment;
use super::{machine, written};
use newsprint_model::Time;

/// Longer texts are not dates.
const LONGEST: usize = 100;

/// Reads a text that is nothing but a date: RFC 3339, W3CDTF and ISO 8601 with parts missing, RFC 822 and what is
/// meant by it, asctime, spelled out dates in the languages of `words`, and seconds since 1970. Without a zone it
/// is UTC (in Korean: Korea's). What programs write for "no date" (year one, 1970-01-01) is none.
pub(crate) fn parse(text: &str) -> Option<Time> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let rules = written::Rules {
        lang: None,
        whole: true,
    };
    let moment = machine::iso(text)
        .or_else(|| machine::epoch(text, 9).map(Moment::utc))
        .or_else(|| written::find(text, rules))?;
    moment.time().filter(|_| !moment.is_zero())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_spelling_a_person_could_read() {
        let spellings = [
            // W3CDTF and ISO 8601, whole and in part.
            ("2024-06-12T08:30:15Z", "2024-06-12T08:30:15Z"),
            ("2024-06-12T08:30:15.250+04:00", "2024-06-12T04:30:15.25Z"),
            ("2024-06-12t08:30z", "2024-06-12T08:30:00Z"),
            ("2024-06-12 08:30:15", "2024-06-12T08:30:15Z"),
            ("2024-06-12T08:30:15 +0400", "2024-06-12T04:30:15Z"),
            ("2024-06-12T08:30:15 CEST", "2024-06-12T06:30:15Z"),
            ("2024-06-12T24:00:00Z", "2024-06-13T00:00:00Z"),
            ("2024-06-12T23:59:60Z", "2024-06-12T23:59:59Z"),
            ("2024-06-12", "2024-06-12T00:00:00Z"),
            ("2024-6-2", "2024-06-02T00:00:00Z"),
            ("2024-06", "2024-06-01T00:00:00Z"),
            ("2024", "2024-01-01T00:00:00Z"),
            ("20240612", "2024-06-12T00:00:00Z"),
            ("20240612T083015Z", "2024-06-12T08:30:15Z"),
            ("20240612083015", "2024-06-12T08:30:15Z"),
            ("2024-164", "2024-06-12T00:00:00Z"),
            ("2024164", "2024-06-12T00:00:00Z"),
            ("03-335", "2003-12-01T00:00:00Z"),
            ("031231", "2003-12-31T00:00:00Z"),
            ("03-12-31", "2003-12-31T00:00:00Z"),
            // RFC 822 and what is meant by it.
            ("Wed, 12 Jun 2024 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 24 08:30:15 +0400", "2024-06-12T04:30:15Z"),
            ("12 Jun 99 08:30 EST", "1999-06-12T13:30:00Z"),
            ("Wednesday, 12-Jun-24 08:30:15 PDT", "2024-06-12T15:30:15Z"),
            ("Wed, 12 June 2024 8:30:15 GMT+1", "2024-06-12T07:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 +04:00", "2024-06-12T04:30:15Z"),
            ("Wed,12 Jun 2024 08:30:15+0400", "2024-06-12T04:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 Etc/GMT", "2024-06-12T08:30:15Z"),
            ("Jun, 12 2024 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 2024", "2024-06-12T00:00:00Z"),
            ("Wed, 12 Jun 124 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 A", "2024-06-12T09:30:15Z"),
            // asctime, with and without a zone.
            ("Wed Jun 12 08:30:15 2024", "2024-06-12T08:30:15Z"),
            ("Wed Jun  2 08:30:15 EDT 2024", "2024-06-02T12:30:15Z"),
            ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"),
            // As people write it.
            ("June 12th, 2024 at 8:30pm", "2024-06-12T20:30:00Z"),
            ("June 12, 2024 12:05 AM", "2024-06-12T00:05:00Z"),
            ("12.06.2024 08:30", "2024-06-12T08:30:00Z"),
            ("6/12/2024 8:30 PM", "2024-06-12T20:30:00Z"),
            ("13/06/2024", "2024-06-13T00:00:00Z"),
            ("June 2024", "2024-06-01T00:00:00Z"),
            // Other languages.
            ("12. Juni 2024 08:30", "2024-06-12T08:30:00Z"),
            ("mar, 12 mars 2024 08:30:00 +0100", "2024-03-12T07:30:00Z"),
            ("12 août 2024", "2024-08-12T00:00:00Z"),
            ("12 de diciembre de 2024", "2024-12-12T00:00:00Z"),
            ("12 июня 2024, 08:30", "2024-06-12T08:30:00Z"),
            ("12 мая 2024", "2024-05-12T00:00:00Z"),
            ("12 ივნისი, 2024", "2024-06-12T00:00:00Z"),
            ("12 Haziran 2024", "2024-06-12T00:00:00Z"),
            ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
            ("Δευ, 24 Μάι 2004 10:00:00 GMT", "2004-05-24T10:00:00Z"),
            ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"),
            ("2004-március-3T09:15Z", "2004-03-03T09:15:00Z"),
            ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
            ("mer. 12 juin 2024 à 14h02", "2024-06-12T14:02:00Z"),
            ("le 1er juin 2024, 14 h 02", "2024-06-01T14:02:00Z"),
            ("2024年6月12日 下午2:02", "2024-06-12T14:02:00Z"),
            ("2024年6月12日14点02分", "2024-06-12T14:02:00Z"),
            ("二〇二四年六月十二日", "2024-06-12T00:00:00Z"),
            // Zones by their names.
            (
                "Wed Jun 12 2024 08:30:15 GMT+0200 (Central European Summer Time)",
                "2024-06-12T06:30:15Z",
            ),
            (
                "12 June 2024 08:30 Eastern Daylight Time",
                "2024-06-12T12:30:00Z",
            ),
            ("2024-06-12T08:30:15 Etc/UTC", "2024-06-12T08:30:15Z"),
            // Seconds and thousandths since 1970.
            ("1718181015", "2024-06-12T08:30:15Z"),
            ("1718181015250", "2024-06-12T08:30:15.25Z"),
        ];
        let wrong = spellings
            .map(|(text, expected)| (text, expected, parse(text).map(|time| time.to_string())));
        let wrong: Vec<_> = wrong
            .iter()
            .filter(|(_, expected, read)| read.as_deref() != Some(*expected))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "yesterday",
            "2024-13-45",
            "31 Feb 2024",
            "Wed, 12 Jun 2024 99:00:00 GMT",
            "0000-00-00 00:00:00",
            "99999",
            "123:4",
            "{{ date }}",
            // What programs write for nothing.
            "Mon, 01 Jan 0001 00:00:00 +0000",
            "0001-01-01T00:00:00Z",
            "Mon, 30 Nov -0001 00:00:00 +0000",
            "Thu, 01 Jan 1970 00:00:00 +0000",
            "1970-01-01T01:00:00+01:00",
            "Wed, 31 Dec 1969 19:00:00 EST",
            "1899-12-30T00:00:00",
            // A zone that nobody knows is not UTC.
            "Wed, 12 Jun 2024 08:30:15 QXYT",
            "Wed, 12 Jun 2024 08:30:15 Nowhere/Else",
            "yesterday 14:02",
            "2 hours ago",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"1 ".repeat(10_000)), None);
    }
}
