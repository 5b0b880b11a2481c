//! The one pipeline: source -> fetch -> parse -> store; its workers and its [`Report`].
//! Never here: HTTP rules, HTML, SQL, the terminal.
