#pragma once
/// @file
/// TLS over one socket that never waits: each call goes as far as the socket allows and says what it needs next.
///
/// One thread at a time. The socket must be open as long as anything but the destructor is called.

#include <cstddef>
#include <cstdint>
#include <memory>

struct ssl_st;

namespace kula::net {

class TlsContext;

enum class TlsNeed : std::uint8_t {
    nothing,   ///< It is done.
    to_read,   ///< Call again when the socket has bytes.
    to_write,  ///< Call again when the socket takes bytes.
    end,       ///< The client ended the session (`close_notify`).
    failed,    ///< No more can be done in this session; an alert was sent where the protocol has one.
};

class TlsSession {
public:
    TlsSession(TlsContext const& context, int socket);

    struct Step {
        TlsNeed need = TlsNeed::nothing;
        std::size_t bytes = 0;
    };
    [[nodiscard]] TlsNeed shake_hands();
    [[nodiscard]] Step read(void* bytes, std::size_t size);
    /// When it needs something, the next call must begin with the same bytes.
    [[nodiscard]] Step write(void const* bytes, std::size_t size);
    /// Sends `close_notify` (RFC 8446 §6.1), once; does not wait for the client's.
    [[nodiscard]] TlsNeed end();

private:
    [[nodiscard]] TlsNeed need_after(int result);

    struct Free {
        void operator()(ssl_st* native) const;
    };
    std::unique_ptr<ssl_st, Free> native_;
    bool is_broken_ = false;
};

}  // namespace kula::net
