//! A line cut into what dates are made of: numbers, words, signs.
//! Never here: what they mean together.

use newsprint_model::fold;

/// No date is longer; what is, is prose, and only its beginning is looked at.
const MAX_CHARS: usize = 160;

/// A piece of a line: a number with its number of digits, a folded word, or one sign. Spaces are one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(u32, usize),
    Word(String),
    Sign(char),
    Space,
}

/// Cuts a line into tokens. Digits of any script count, and the numerals of China before a date word (年月日), which
/// are signs.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().take(MAX_CHARS).peekable();
    while let Some(&c) = chars.peek() {
        if let Some(digit) = digit(c) {
            let (mut number, mut digits) = (digit, 1);
            chars.next();
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                number = number.saturating_mul(10).saturating_add(next);
                digits += 1;
                chars.next();
            }
            out.push(Token::Number(number, digits));
        } else if is_date_sign(c) {
            out.push(Token::Sign(c));
            chars.next();
        } else if c.is_alphabetic() || is_mark(c) {
            let mut word = String::new();
            while let Some(&next) = chars.peek() {
                if !(next.is_alphabetic() || is_mark(next)) || is_date_sign(next) {
                    break;
                }
                word.push(next);
                chars.next();
            }
            let counted = chars.peek().copied().is_some_and(is_date_sign);
            match numeral(&word).filter(|_| counted) {
                Some((number, digits)) => out.push(Token::Number(number, digits)),
                // Folding would take Korean syllables apart.
                None if word.chars().any(|c| matches!(c, '가'..='힣')) => {
                    out.push(Token::Word(word))
                }
                None => out.push(Token::Word(fold(&word))),
            }
        } else if c.is_whitespace() {
            chars.next();
            if out.last() != Some(&Token::Space) {
                out.push(Token::Space);
            }
        } else {
            chars.next();
            // Marks of direction are written around dates in Hebrew and Arabic.
            if matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            {
                continue;
            }
            out.push(Token::Sign(match c {
                '‐' | '‑' | '–' | '−' => '-',
                '：' => ':',
                '／' => '/',
                '’' => '\'',
                c => c,
            }));
        }
    }
    out
}

/// Year, month, day, hour, minute and second as East Asia writes them behind their numbers.
fn is_date_sign(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '时'
            | '時'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '号'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

/// `二〇二四` (digit by digit) and `十二`, `二十三` (tens), and how many digits that would be.
fn numeral(word: &str) -> Option<(u32, usize)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value = |c: char| {
        let c = if matches!(c, '零' | '○') { '〇' } else { c };
        DIGITS
            .chars()
            .position(|digit| digit == c)
            .and_then(|at| u32::try_from(at).ok())
    };
    let count = word.chars().count();
    if count == 0 || count > 4 {
        return None;
    }
    if let Some((tens, ones)) = word.split_once('十') {
        let one = |text: &str, none: u32| {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (None, _) => Some(none),
                (Some(c), None) => value(c),
                _ => None,
            }
        };
        return Some((one(tens, 1)? * 10 + one(ones, 0)?, 2));
    }
    let mut number = 0;
    for c in word.chars() {
        number = number * 10 + value(c)?;
    }
    Some((number, count))
}

/// Vowel signs of Indic scripts and the like are part of a word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The value of a decimal digit: ASCII, full-width, Arabic, Persian, Devanagari, Bengali, Thai.
fn digit(c: char) -> Option<u32> {
    let base = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        '\u{0966}'..='\u{096F}' => '\u{0966}',
        '\u{09E6}'..='\u{09EF}' => '\u{09E6}',
        '\u{0E50}'..='\u{0E59}' => '\u{0E50}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    Some(c as u32 - base as u32)
}

pub(super) fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)? {
        Token::Number(number, digits) => Some((*number, *digits)),
        _ => None,
    }
}

pub(super) fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match tokens.get(at)? {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

pub(super) fn is_sign(tokens: &[Token], at: usize, signs: &[char]) -> bool {
    matches!(tokens.get(at), Some(Token::Sign(sign)) if signs.contains(sign))
}

pub(super) fn skip_space(tokens: &[Token], at: usize) -> usize {
    at + usize::from(matches!(tokens.get(at), Some(Token::Space)))
}

pub(super) fn skip_sign(tokens: &[Token], at: usize, signs: &[char]) -> usize {
    let next = skip_space(tokens, at);
    if is_sign(tokens, next, signs) {
        next + 1
    } else {
        at
    }
}
