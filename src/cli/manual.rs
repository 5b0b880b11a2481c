//! The manual page: the program's own, and a section for each command, from the same words as the help texts.
//! Never here: words of its own but for the headings.

use std::io::{self, Write};

use clap::{Command, CommandFactory};

use super::args::Cli;

/// The whole page as roff.
pub(super) fn page() -> io::Result<Vec<u8>> {
    let command = Cli::command();
    let man = clap_mangen::Man::new(command.clone()).section("1");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    writeln!(
        page,
        ".SH SYNOPSIS\n.B newsprint\n[\\fIOPTIONS\\fR]\n[\\fICOMMAND\\fR]"
    )?;
    let about = command.get_long_about().or(command.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    writeln!(page, ".SH DESCRIPTION\n{}", roff(&about))?;
    as_it_is(&mut page, &command)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    for sub in command.get_subcommands() {
        section(&mut page, sub, "newsprint")?;
        for part in sub.get_subcommands() {
            section(&mut page, part, &format!("newsprint {}", sub.get_name()))?;
        }
    }
    Ok(page)
}

/// One command: usage, what it does, its options, and what stands below them in its help.
fn section(page: &mut Vec<u8>, command: &Command, above: &str) -> io::Result<()> {
    let name = format!("{above} {}", command.get_name());
    // What `-h` does is known by now, and said once.
    let mut command = command.clone().bin_name(&name).disable_help_flag(true);
    writeln!(page, ".SS {}", roff(&name))?;
    let about = command.get_about().map(ToString::to_string);
    writeln!(page, "{}.", roff(&about.unwrap_or_default()))?;
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    writeln!(page, ".PP\n.nf")?;
    for line in usage.lines() {
        writeln!(page, "{}", roff(line.trim()))?;
    }
    writeln!(page, ".fi")?;
    let mut options = Vec::new();
    clap_mangen::Man::new(command.clone()).render_options_section(&mut options)?;
    let options = String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", "");
    page.write_all(options.as_bytes())?;
    as_it_is(page, &command)
}

/// What stands below the options, line by line as it is.
fn as_it_is(page: &mut Vec<u8>, command: &Command) -> io::Result<()> {
    let Some(text) = command.get_after_help() else {
        return Ok(());
    };
    writeln!(page, ".PP\n.nf")?;
    for line in text.to_string().lines() {
        writeln!(page, "{}", roff(line))?;
    }
    writeln!(page, ".fi")
}

/// Text that roff takes for nothing else.
fn roff(text: &str) -> String {
    // By number, since not every roff reads UTF-8.
    let sign = |c: char| match c {
        '\\' => "\\e".to_owned(),
        '-' => "\\-".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => format!("\\[u{:04X}]", u32::from(c)),
    };
    let text: String = text.chars().map(sign).collect();
    match text.chars().next() {
        Some('.' | '\'') => format!("\\&{text}"),
        _ => text,
    }
}
