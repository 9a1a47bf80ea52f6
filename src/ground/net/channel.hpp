#pragma once
/// @file
/// A client's socket, with TLS or without, so that a connection need not know. Part of the one unit that includes Asio:
/// only `server.cpp` includes it.
///
/// Handlers are never called from within the call that is given them. After `close` they get an error. At most one read
/// and one write are under way.

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "tls_session.hpp"

namespace kula::net {

namespace asio = boost::asio;

class Channel {
public:
    using Fault = boost::system::error_code;

    /// `context` may be null: no TLS.
    Channel(asio::ip::tcp::socket socket, TlsContext const* context) : socket_(std::move(socket)) {
        if (context == nullptr) return;
        Fault ignored;
        socket_.native_non_blocking(true, ignored);
        tls_ = std::make_unique<TlsSession>(*context, socket_.native_handle());
    }

    [[nodiscard]] bool speaks_tls() const { return tls_ != nullptr; }

    /// `done(fault)`. With TLS, before anything else; after a fault, what still comes is read as it is.
    template <class Done>
    void async_handshake(Done done) {
        if (!socket_.is_open()) return give(std::move(done), asio::error::operation_aborted);
        auto const need = tls_->shake_hands();
        if (need == TlsNeed::nothing) return give(std::move(done), Fault());
        if (need == TlsNeed::to_read || need == TlsNeed::to_write) {
            return wait(need, [this, done](Fault const& fault) {
                if (fault) return done(fault);
                async_handshake(done);
            });
        }
        ended_ = true;
        give(std::move(done), asio::error::connection_refused);
    }

    /// `done(fault, bytes)`.
    template <class Done>
    void async_read_some(asio::mutable_buffer room, Done done) {
        if (!tls_ || ended_) return socket_.async_read_some(room, std::move(done));
        if (!socket_.is_open()) return give(std::move(done), asio::error::operation_aborted, std::size_t{0});
        auto const step = tls_->read(room.data(), room.size());
        if (step.need == TlsNeed::nothing) return give(std::move(done), Fault(), step.bytes);
        if (step.need == TlsNeed::to_read || step.need == TlsNeed::to_write) {
            return wait(step.need, [this, room, done](Fault const& fault) {
                if (fault) return done(fault, std::size_t{0});
                async_read_some(room, done);
            });
        }
        bool const ended = step.need == TlsNeed::end;
        give(std::move(done), ended ? Fault(asio::error::eof) : Fault(asio::error::connection_reset), std::size_t{0});
    }

    /// `done(fault)`, once all is written. The bytes stay where they are until then.
    template <class Buffers, class Done>
    void async_write(Buffers const& buffers, Done done) {
        if (!tls_) {
            return asio::async_write(socket_, buffers,
                                     [done](Fault const& fault, std::size_t) mutable { done(fault); });
        }
        unwritten_.clear();
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
            unwritten_.emplace_back(*at);
        }
        next_ = 0;
        write_on(std::move(done));
    }

    /// `done(fault)`, once the client has been told that nothing more comes. What still comes is read as it is.
    template <class Done>
    void async_end_writing(Done done) {
        bool const open = socket_.is_open();
        if (open && tls_ && !ended_ && tls_->end() == TlsNeed::to_write) {
            return wait(TlsNeed::to_write, [this, done](Fault const& fault) {
                if (fault) return done(fault);
                async_end_writing(done);
            });
        }
        ended_ = true;
        Fault fault;
        if (open) socket_.shutdown(asio::ip::tcp::socket::shutdown_send, fault);
        give(std::move(done), fault);
    }

    void cancel() {
        Fault ignored;
        socket_.cancel(ignored);
    }

    /// Says goodbye where that needs no waiting.
    void close() {
        bool const may_speak = tls_ && !ended_ && next_ == unwritten_.size() && socket_.is_open();
        if (may_speak) static_cast<void>(tls_->end());
        Fault ignored;
        socket_.close(ignored);
        tls_.reset();
    }

private:
    static constexpr std::size_t record = 16 * 1024;  // the most that a TLS record holds
    static constexpr int most_records_at_once = 16;   // then others have their turn

    /// Later, in the same way as if there had been something to wait for.
    template <class Done, class... Results>
    void give(Done done, Results... results) {
        asio::post(socket_.get_executor(), [done = std::move(done), results...]() mutable { done(results...); });
    }
    template <class Done, class... Results>
    void give(Done done, asio::error::basic_errors fault, Results... results) {
        give(std::move(done), Fault(fault), results...);
    }

    template <class Then>
    void wait(TlsNeed need, Then then) {
        socket_.async_wait(
            need == TlsNeed::to_read ? asio::ip::tcp::socket::wait_read : asio::ip::tcp::socket::wait_write,
            std::move(then));
    }

    template <class Done>
    void write_on(Done done) {
        if (!socket_.is_open()) return give(std::move(done), asio::error::operation_aborted);
        for (int records = 0; records < most_records_at_once; ++records) {
            auto const bytes = gather();
            if (bytes.size() == 0) return give(std::move(done), Fault());
            auto const step = tls_->write(bytes.data(), bytes.size());
            if (step.need == TlsNeed::to_read || step.need == TlsNeed::to_write) {
                return wait(step.need, [this, done](Fault const& fault) {
                    if (fault) return done(fault);
                    write_on(done);
                });
            }
            if (step.need != TlsNeed::nothing) return give(std::move(done), asio::error::connection_reset);
            drop(step.bytes);
        }
        give([this, done]() { write_on(done); });
    }

    /// The next record: small pieces together, the same each time until some are dropped.
    asio::const_buffer gather() {
        while (next_ < unwritten_.size() && unwritten_[next_].size() == 0) ++next_;
        if (next_ == unwritten_.size()) return {};
        if (unwritten_[next_].size() >= record || next_ + 1 == unwritten_.size()) {
            return asio::buffer(unwritten_[next_], record);
        }
        std::size_t gathered = 0;
        for (auto at = next_; at < unwritten_.size() && gathered < record; ++at) {
            auto const taken = std::min(record - gathered, unwritten_[at].size());
            if (taken > 0) std::memcpy(gathered_.data() + gathered, unwritten_[at].data(), taken);
            gathered += taken;
        }
        return asio::buffer(gathered_, gathered);
    }

    void drop(std::size_t bytes) {
        while (bytes > 0) {
            auto const taken = std::min(bytes, unwritten_[next_].size());
            unwritten_[next_] += taken;
            bytes -= taken;
            if (unwritten_[next_].size() == 0) ++next_;
        }
    }

    /// All channels of a thread share it: between two calls it holds nothing.
    inline static thread_local std::array<char, record> gathered_;

    asio::ip::tcp::socket socket_;
    std::unique_ptr<TlsSession> tls_;
    bool ended_ = false;
    std::vector<asio::const_buffer> unwritten_;
    std::size_t next_ = 0;
};

}  // namespace kula::net
