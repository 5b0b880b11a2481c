//! Passwords and tokens of accounts: a command or a private file gives the password, a private file keeps
//! what stands for it. Nothing of either gets into an error, a log or the store.
//! Never here: what is signed with them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::config::{Account, Config};
use newsprint_store::files;
use newsprint_sync::Tokens;

/// How long a command may take to say the password: a keyring may ask its owner first.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked whether the command has ended.
const POLL: Duration = Duration::from_millis(5);

/// How long the line of a command that has ended is waited for.
const AFTER_END: Duration = Duration::from_secs(1);

/// Bytes of what a command says that are read.
const LONGEST: u64 = 64 << 10;

/// What the private file of an account holds.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Server and user that the tokens are of: they are sent to no other.
    home: String,
    auth: String,
    edit: String,
    /// A number that tells the password that was refused, made with `salt`.
    refused: Option<u64>,
    salt: u64,
}

/// The secrets of one account.
pub(super) struct Secrets<'a> {
    account: &'a Account,
    file: PathBuf,
    kept: Kept,
}

impl<'a> Secrets<'a> {
    /// Reads what is kept; a file that anybody else may read, or of another server or user, holds
    /// nothing.
    pub(super) fn open(config: &Config, account: &'a Account) -> Secrets<'a> {
        let file = file_of(config, &account.name);
        let kept = match is_private(&file) {
            Ok(true) => std::fs::read(&file).ok(),
            _ => None,
        };
        let kept: Kept = kept
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let home = account.home();
        Secrets {
            kept: match kept.home == home {
                true => kept,
                false => Kept {
                    home,
                    ..Kept::default()
                },
            },
            account,
            file,
        }
    }

    pub(super) fn tokens(&self) -> Tokens {
        Tokens {
            auth: self.kept.auth.clone(),
            edit: self.kept.edit.clone(),
        }
    }

    pub(super) fn keep(&mut self, tokens: &Tokens) -> Result<(), String> {
        self.kept.auth.clone_from(&tokens.auth);
        self.kept.edit.clone_from(&tokens.edit);
        self.kept.refused = None;
        self.write()
    }

    fn write(&self) -> Result<(), String> {
        let fail = |why: std::io::Error| format!("{}: {why}", self.file.display());
        if let Some(folder) = self.file.parent() {
            files::create_folder(folder).map_err(fail)?;
        }
        let bytes = serde_json::to_vec(&self.kept).unwrap_or_default();
        files::write_whole(&self.file, &bytes, true).map_err(fail)
    }

    /// Remembers that the server refused this password, and forgets the tokens.
    pub(super) fn refuse(&mut self, password: &str) -> Result<(), String> {
        self.kept.salt = fastrand::u64(..);
        self.kept.refused = Some(self.number(password));
        (self.kept.auth, self.kept.edit) = (String::new(), String::new());
        self.write()
    }

    /// Whether the server has refused this password already.
    pub(super) fn was_refused(&self, password: &str) -> bool {
        self.kept.refused == Some(self.number(password))
    }

    fn number(&self, password: &str) -> u64 {
        let mut hash = DefaultHasher::new();
        (self.kept.salt, password).hash(&mut hash);
        hash.finish()
    }

    /// The password, from wherever the config says; a command that takes long ends when told to `stop`.
    pub(super) fn password(&self, stop: &dyn Fn() -> bool) -> Result<String, String> {
        if let Some((program, arguments)) = self.account.password_command.split_first() {
            return by_command(program, arguments, stop);
        }
        if let Some(file) = &self.account.password_file {
            return by_file(file);
        }
        Err(format!(
            "no password: set password_command or password_file, or run `newsprint account login {}`",
            super::shell_word(&self.account.name)
        ))
    }
}

/// Removes what is kept of an account.
pub(super) fn forget(config: &Config, account: &str) -> std::io::Result<()> {
    match std::fs::remove_file(file_of(config, account)) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

fn file_of(config: &Config, account: &str) -> PathBuf {
    let mut name = String::new();
    for byte in account.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => name.push(byte as char),
            byte => name.push_str(&format!("%{byte:02x}")),
        }
    }
    config.paths.accounts().join(format!("{name}.token"))
}

/// Whether only its owner may read the file.
fn is_private(file: &Path) -> std::io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(std::fs::metadata(file)?.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    Ok(std::fs::metadata(file)?.is_file())
}

fn by_file(file: &Path) -> Result<String, String> {
    let shown = file.display();
    let private = is_private(file).map_err(|why| format!("password_file {shown}: {why}"))?;
    if !private {
        return Err(format!(
            "password_file {shown} may be read by others; run `chmod 600 {shown}`"
        ));
    }
    let text =
        std::fs::read_to_string(file).map_err(|why| format!("password_file {shown}: {why}"))?;
    first_line(&text).ok_or_else(|| format!("password_file {shown} is empty"))
}

fn first_line(text: &str) -> Option<String> {
    let line = text.lines().next().unwrap_or_default();
    (!line.is_empty()).then(|| line.to_owned())
}

/// Runs the command without a shell. What it says on stderr is dropped: it may be as secret as the rest.
fn by_command(
    program: &str,
    arguments: &[String],
    stop: &dyn Fn() -> bool,
) -> Result<String, String> {
    let shown = newsprint_html::safe_text::line(program);
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| format!("password_command: cannot run {shown}: {why}"))?;
    let (send, said) = mpsc::channel();
    let output = child.stdout.take();
    let reader = std::thread::Builder::new().spawn(move || {
        let Some(output) = output else { return };
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        let read = output.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        let _ = send.send(match read {
            Ok(_) => String::from_utf8(line).ok(),
            Err(_) => None,
        });
        // Nobody reads the rest, but a program that could not write it would fail.
        let _ = std::io::copy(&mut output, &mut std::io::sink());
    });
    if let Err(why) = reader {
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!(
            "password_command: no thread to read what {shown} says: {why}"
        ));
    }
    let failed = |why: std::io::Error| format!("password_command: {why}");
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        let late = Instant::now() >= deadline;
        if late || stop() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(match late {
                true => format!(
                    "password_command: {shown} timed out after {} s",
                    PATIENCE.as_secs()
                ),
                false => format!("password_command: {shown} was interrupted"),
            });
        }
        std::thread::sleep(POLL);
    };
    if !status.success() {
        return Err(format!("password_command: {shown} failed ({status})"));
    }
    // It has ended, so its line is there; a program that it has left behind may keep the pipe open.
    let text = said.recv_timeout(AFTER_END).ok().flatten();
    text.as_deref()
        .and_then(first_line)
        .ok_or_else(|| format!("password_command: {shown} printed no password"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(account: &str) -> (tempfile::TempDir, Config) {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "[[account]]\nname='home/1'\nurl='https://rss.example'\nuser='mira'\n{account}"
        );
        let config = Config::parse(&text, Path::new("my.toml"), folder.path()).unwrap();
        (folder, config)
    }

    #[test]
    fn a_command_gives_the_first_line_and_tells_nothing_else() {
        let (_folder, config) = fixture("password_command = ['printf', 'pw one\\nmore']");
        let secrets = Secrets::open(&config, &config.accounts[0]);
        assert_eq!(secrets.password(&|| false).unwrap(), "pw one");
        let (_folder, config) = fixture("password_command = ['sh', '-c', 'echo hidden; exit 3']");
        let why = Secrets::open(&config, &config.accounts[0])
            .password(&|| false)
            .unwrap_err();
        assert!(!why.contains("hidden") && why.contains("failed"), "{why}");
        // A program that it leaves behind keeps its output open.
        let (_folder, config) = fixture("password_command = ['sh', '-c', 'sleep 45 & echo pw']");
        let secrets = Secrets::open(&config, &config.accounts[0]);
        assert_eq!(secrets.password(&|| false).unwrap(), "pw");
        let (_folder, config) = fixture("password_command = ['sleep', '45']");
        let why = Secrets::open(&config, &config.accounts[0])
            .password(&|| true)
            .unwrap_err();
        assert!(why.contains("interrupted"), "{why}");
        let (_folder, config) = fixture("password_command = ['/no/such/program']");
        assert!(
            Secrets::open(&config, &config.accounts[0])
                .password(&|| false)
                .is_err()
        );
        let (_folder, config) = fixture("");
        assert!(
            Secrets::open(&config, &config.accounts[0])
                .password(&|| false)
                .unwrap_err()
                .contains("account login")
        );
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_or_not_read() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, config) = fixture("password_file = 'unset'");
        let file = folder.path().join("pw");
        std::fs::write(&file, "pw\n").unwrap();
        let account = Account {
            password_file: Some(file.clone()),
            ..config.accounts[0].clone()
        };
        let mode = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        mode(0o644);
        let mut secrets = Secrets::open(&config, &account);
        assert!(
            secrets
                .password(&|| false)
                .unwrap_err()
                .contains("chmod 600")
        );
        mode(0o600);
        assert_eq!(secrets.password(&|| false).unwrap(), "pw");
        let tokens = Tokens {
            auth: "a".to_owned(),
            edit: "e".to_owned(),
        };
        secrets.keep(&tokens).unwrap();
        let kept = file_of(&config, &account.name);
        assert_eq!(
            std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(Secrets::open(&config, &account).tokens(), tokens);
        // They are of this server and this user, and of nobody else.
        let other = Account {
            url: "https://other.example".to_owned(),
            ..account.clone()
        };
        assert_eq!(Secrets::open(&config, &other).tokens(), Tokens::default());
    }

    #[test]
    fn a_refused_password_is_known_again_and_another_is_not() {
        let (_folder, config) = fixture("");
        let mut secrets = Secrets::open(&config, &config.accounts[0]);
        secrets.refuse("wrong").unwrap();
        let secrets = Secrets::open(&config, &config.accounts[0]);
        assert!(secrets.was_refused("wrong") && !secrets.was_refused("right"));
    }
}
