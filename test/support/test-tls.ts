/**
 * A key and a certificate that nobody trusts, for `localhost` and 127.0.0.1, signed by itself, good until 2126. Made
 * for these tests alone; it protects nothing.
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1
 */
export const TEST_TLS = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBAkyXPIk0vrj/AtF
fsKk5UBPgT8DsAAh1svmgKn4YiehRANCAARsh64rqAX6nan39fzCvyuSKwla8S/K
5T6h/6bk2vpNlLMfvIKL22YTENqxNz0fO6i7MMi7uapGYdY/JH/b4K8w
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUPmrgwAKoLDXpPAqq6pTnjGJ1nrMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDAyNTg0OFoYDzIxMjYxMDMx
MDI1ODQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARsh64rqAX6nan39fzCvyuSKwla8S/K5T6h/6bk2vpNlLMfvIKL22YT
ENqxNz0fO6i7MMi7uapGYdY/JH/b4K8wo28wbTAdBgNVHQ4EFgQUY34UKQBzm72/
XWnHk+MSSwHBxbkwHwYDVR0jBBgwFoAUY34UKQBzm72/XWnHk+MSSwHBxbkwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgG7chhcHcw5axwSjNg5AR13KhkmoogIoKK/Vtp8GafaUCIQCK
HAuIdHQxw3xBYw9n2iF+qu7Jz2zyP8JNiEHkeM6waA==
-----END CERTIFICATE-----
`,
} as const;
