//! A reader of the made-up outlet: a config and a data directory of their own, and the real binary on them.
//! Never here: what it should answer.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::outlet::Outlet;

/// A reader of the made-up outlet with nothing in the store.
pub struct Reader {
    pub outlet: Option<Outlet>,
    pub directory: tempfile::TempDir,
}

impl Reader {
    pub fn new() -> Reader {
        let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
        let reader = Reader::without_outlet(&outlet.config());
        Reader {
            outlet: Some(outlet),
            ..reader
        }
    }

    pub fn without_outlet(config: &str) -> Reader {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("config.toml"), config).unwrap();
        Reader {
            outlet: None,
            directory,
        }
    }

    pub fn refreshed() -> Reader {
        let reader = Reader::new();
        reader.run(&["refresh", "-q"]).assert().success();
        reader
    }

    pub fn config(&self) -> PathBuf {
        self.directory.path().join("config.toml")
    }

    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    pub fn run(&self, args: &[&str]) -> Command {
        let mut command = newsprint(&self.config(), &self.data());
        command.args(args);
        command
    }

    pub fn json(&self, args: &[&str]) -> Vec<Value> {
        let output = self.run(args).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

pub fn newsprint(config: &Path, data: &Path) -> Command {
    let mut command = Command::cargo_bin("newsprint").unwrap();
    for variable in [
        "NO_COLOR",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        command.env_remove(variable);
    }
    command
        .env("NO_PROXY", "*")
        .env("TZ", "UTC")
        .env("NEWSPRINT_CONFIG", config)
        .env("NEWSPRINT_DATA_DIR", data);
    command
}

pub fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}
