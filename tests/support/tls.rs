//! A server with a certificate of its own making, which nobody vouches for.
//! Never here: what newsprint makes of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

/// Serves an empty answer over TLS for as long as the tests run.
pub struct Server(SocketAddr);

impl Server {
    /// Serves on 127.0.0.1 and some free port.
    pub fn start() -> Server {
        // A key for tests alone: it opens nothing.
        let certificate = include_bytes!("self-signed.der").to_vec().into();
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(
            include_bytes!("self-signed-key.der").to_vec(),
        );
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .expect("a certificate");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback address");
        let address = listener.local_addr().expect("the address");
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Ok(connection) = rustls::ServerConnection::new(config.clone()) else {
                    return;
                };
                let mut tls = rustls::StreamOwned::new(connection, stream);
                // Whoever trusts the certificate after all gets an answer.
                if tls.read(&mut [0; 1024]).is_ok() {
                    let _ = tls.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
                }
            }
        });
        Server(address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0
    }
}
