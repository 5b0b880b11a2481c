//! The made-up server of `newsprint_sync::mock` on loopback, with a delay of its own.
//! Never here: what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use newsprint_sync::mock::{Fault, Mock};
use newsprint_sync::{Failure, Method, Request};

/// A server; it ends with the test.
pub struct SyncServer {
    pub mock: Arc<Mutex<Mock>>,
    pub address: String,
}

impl SyncServer {
    pub fn start(mock: Mock, delay: Duration) -> SyncServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mock = Arc::new(Mutex::new(mock));
        let shared = mock.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mock = shared.clone();
                std::thread::spawn(move || serve(stream, &mock, delay));
            }
        });
        SyncServer { mock, address }
    }

    pub fn lock(&self) -> MutexGuard<'_, Mock> {
        self.mock
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Requests since this was last called.
    pub fn take_log(&self) -> Vec<String> {
        let mut mock = self.lock();
        mock.faults.clear();
        std::mem::take(&mut mock.log)
    }
}

fn serve(stream: TcpStream, mock: &Mutex<Mock>, delay: Duration) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        let mut words = first.split_whitespace();
        let (method, target) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let (mut length, mut authorization, mut typed) = (0, None, false);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "authorization" => authorization = Some(value.to_owned()),
                "content-type" => typed = value == "application/x-www-form-urlencoded",
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let request = Request {
            method: if method == "POST" {
                Method::Post
            } else {
                Method::Get
            },
            target: target.to_owned(),
            authorization,
            headers: Vec::new(),
            // Without its type a form is not read.
            form: if typed {
                String::from_utf8(body).unwrap()
            } else {
                String::new()
            },
        };
        std::thread::sleep(delay);
        let (answer, fault) = {
            let mut mock = mock.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            let fault = mock.faults.get(&mock.log.len()).copied();
            (mock.answer(&request), fault)
        };
        let pause = match fault {
            Some(Fault::Pause(header, seconds)) => format!("{header}: {seconds}\r\n"),
            _ => String::new(),
        };
        match answer {
            Ok(answer) => {
                let location = answer.location.as_ref();
                let location = location.map_or(String::new(), |to| format!("Location: {to}\r\n"));
                let quota = answer.quota.map_or(String::new(), |(used, limit)| {
                    format!("X-Reader-Zone1-Usage: {used}\r\nX-Reader-Zone1-Limit: {limit}\r\n")
                });
                let head = format!(
                    "HTTP/1.1 {} X\r\n{location}{quota}{pause}Content-Length: {}\r\n\r\n",
                    answer.status,
                    answer.body.len()
                );
                if stream
                    .write_all(head.as_bytes())
                    .and_then(|()| stream.write_all(&answer.body))
                    .is_err()
                {
                    return;
                }
            }
            Err(Failure::Network(_)) | Err(_) => return,
        }
    }
}
