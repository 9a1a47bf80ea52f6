#include "tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

#include "base/must.hpp"
#include "tls_context.hpp"

namespace kula::net {
namespace {

// OpenSSL's own socket BIO writes with a signal where the client has left.

int socket_of(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

bool would_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

int send_some(BIO* bio, char const* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const sent = ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && would_wait()) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int receive_some(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const got = ::recv(socket_of(bio), bytes, static_cast<std::size_t>(size), 0);
    if (got < 0 && would_wait()) BIO_set_retry_read(bio);
    if (got == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(got);
}

long control(BIO* bio, int command, long /*number*/, void* /*pointer*/) {
    if (command == BIO_CTRL_FLUSH) return 1;
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return 0;
}

BIO_METHOD const* silent_socket() {
    static BIO_METHOD const* const method = [] {
        auto* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
        base::must(made != nullptr, "OpenSSL makes a kind of BIO");
        BIO_meth_set_write(made, send_some);
        BIO_meth_set_read(made, receive_some);
        BIO_meth_set_ctrl(made, control);
        return made;
    }();
    return method;
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* native) const { SSL_free(native); }

TlsSession::TlsSession(TlsContext const& context, int socket) : native_(SSL_new(context.native())) {
    auto* const bio = BIO_new(silent_socket());
    base::must(native_ != nullptr && bio != nullptr, "OpenSSL makes a session");
    // OpenSSL keeps one pointer for us, and a number is all there is to keep.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    SSL_set_bio(native_.get(), bio, bio);
    SSL_set_accept_state(native_.get());
}

TlsNeed TlsSession::shake_hands() {
    ERR_clear_error();
    return need_after(SSL_do_handshake(native_.get()));
}

TlsSession::Step TlsSession::read(void* bytes, std::size_t size) {
    ERR_clear_error();
    Step step;
    step.need = need_after(SSL_read_ex(native_.get(), bytes, size, &step.bytes));
    return step;
}

TlsSession::Step TlsSession::write(void const* bytes, std::size_t size) {
    ERR_clear_error();
    Step step;
    step.need = need_after(SSL_write_ex(native_.get(), bytes, size, &step.bytes));
    return step;
}

TlsNeed TlsSession::end() {
    if (is_broken_ || SSL_in_init(native_.get()) != 0) return TlsNeed::failed;
    if ((SSL_get_shutdown(native_.get()) & SSL_SENT_SHUTDOWN) != 0 && SSL_want_write(native_.get()) == 0) {
        return TlsNeed::nothing;
    }
    ERR_clear_error();
    int const result = SSL_shutdown(native_.get());
    return result >= 0 ? TlsNeed::nothing : need_after(result);
}

TlsNeed TlsSession::need_after(int result) {
    if (result > 0) return TlsNeed::nothing;
    switch (SSL_get_error(native_.get(), result)) {
        case SSL_ERROR_WANT_READ: return TlsNeed::to_read;
        case SSL_ERROR_WANT_WRITE: return TlsNeed::to_write;
        case SSL_ERROR_ZERO_RETURN: return TlsNeed::end;
        default: break;
    }
    ERR_clear_error();
    is_broken_ = true;  // RFC 8446 §6.2: nothing more may be sent
    return TlsNeed::failed;
}

}  // namespace kula::net
