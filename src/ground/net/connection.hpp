#pragma once
/// @file
/// One client's connection: reads a request, has it handled, writes the answer, again. Part of the one unit that
/// includes Boost.Beast and Asio: only `server.cpp` includes it. Everything here runs on the I/O thread, handlers
/// excepted.

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "answer.hpp"
#include "channel.hpp"
#include "net/event_stream.hpp"
#include "request_reader.hpp"
#include "server_state.hpp"

namespace kula::net {

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(ServerState& common, asio::ip::tcp::socket socket, TlsContext const* tls, base::Address peer)
        : common_(common),
          channel_(std::move(socket), tls),
          connected_{peer, tls != nullptr ? Scheme::https : Scheme::http},
          since_(now()) {}

    void start() {
        begin_request();
        deadline_ = now() + common_.options.deadlines.header;
        if (!channel_.speaks_tls()) return read();
        state_ = State::handshaking;
        channel_.async_handshake([self = shared_from_this()](auto fault) { self->shook_hands(fault); });
    }

    [[nodiscard]] base::Address client() const { return client_of(connected_.address); }

    /// Looked at by the sweep.
    [[nodiscard]] bool is_overdue(Moment at) const { return deadline_ && at >= *deadline_; }

    void give_up_waiting() {
        deadline_.reset();
        switch (state_) {
            case State::handshaking: ++common_.failed_handshakes; return close();
            case State::waiting:
            case State::lingering: return close();
            case State::head:
            case State::body:
                ++common_.timed_out;
                late_ = true;
                return channel_.cancel();
            case State::streaming:
                if (!writing_) return send_heartbeat();
                [[fallthrough]];
            case State::writing: ++common_.timed_out; return close();
            case State::making: return make_part();
            case State::answering: return;
        }
    }

    /// Since when a request has been waited for, if that is all this connection does.
    [[nodiscard]] std::optional<Moment> waiting_since() const {
        bool const only_waits = state_ == State::handshaking || state_ == State::waiting || state_ == State::head ||
                                state_ == State::lingering;
        return only_waits ? std::optional(since_) : std::nullopt;
    }

    /// The server stops: what is under way may end.
    void wind_down() {
        if (state_ == State::handshaking || state_ == State::waiting || state_ == State::lingering) return close();
        if (state_ == State::streaming) {
            stream_->close();
            pump();
        }
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        channel_.close();
        release_body();
        end_stream();
        auto const self = shared_from_this();
        common_.open.erase(this);
        --common_.connections;
        auto const of_client = common_.open_of_client.find(client());
        if (--of_client->second == 0) common_.open_of_client.erase(of_client);
        if (common_.open.empty() && common_.stopping) common_.all_closed();
    }

private:
    enum class State { handshaking, waiting, head, body, answering, writing, making, streaming, lingering };

    static Moment now() { return std::chrono::steady_clock::now(); }

    /// The grace, and as long as so many bytes take at the slowest rate that we put up with.
    [[nodiscard]] std::chrono::milliseconds patience(std::size_t bytes) const {
        auto const& deadlines = common_.options.deadlines;
        return deadlines.grace + std::chrono::milliseconds(bytes * 1000 / deadlines.slowest_rate);
    }

    // Reading

    void shook_hands(boost::system::error_code const& fault) {
        if (closed_) return;
        if (fault) {
            ++common_.failed_handshakes;
            return linger();
        }
        state_ = State::waiting;
        since_ = now();
        deadline_ = since_ + common_.options.deadlines.header;
        read();
    }

    void begin_request() {
        reader_.emplace(common_.options.limits.header_bytes);
        request_ = std::make_shared<Request>();
        request_->peer = connected_.address;
        request_->scheme = connected_.scheme;
        route_ = nullptr;
        state_ = buffer_.size() > 0 ? State::head : State::waiting;
        since_ = now();
        auto const& deadlines = common_.options.deadlines;
        deadline_ = since_ + (state_ == State::head ? deadlines.header : deadlines.idle);
        if (buffer_.size() == 0 && buffer_.capacity() > small_read) buffer_ = {};
    }

    void read() {
        auto const room = buffer_.prepare(state_ == State::body ? large_read : small_read);
        channel_.async_read_some(
            room, [self = shared_from_this()](auto fault, std::size_t bytes) { self->was_read(fault, bytes); });
    }

    void was_read(boost::system::error_code const& fault, std::size_t bytes) {
        if (closed_) return;
        if (late_) return refuse_late();
        if (fault) return close();
        if (state_ == State::lingering || state_ == State::streaming) {
            lingered_ += bytes;
            return lingered_ > most_lingering ? close() : read();
        }
        buffer_.commit(bytes);
        if (state_ == State::waiting) {
            state_ = State::head;
            since_ = now();
            deadline_ = since_ + common_.options.deadlines.header;
        }
        advance();
    }

    void advance() {
        for (;;) {
            auto fed = reader_->feed(buffer_.data());
            buffer_.consume(fed.consumed);
            if (fed.problem) return refuse(std::move(*fed.problem), AfterAnswer::close);
            if (fed.progress == RequestReader::Progress::head && !take_head()) return;
            if (reader_->is_whole()) return dispatch();
            if (state_ == State::body && !hold_body()) return;
            if (fed.progress == RequestReader::Progress::more) return read();
            if (buffer_.size() == 0) return expect_body();
        }
    }

    /// False when the request was answered from its head alone.
    bool take_head() {
        ++common_.requests;
        state_ = State::body;
        since_ = now();
        deadline_ = since_ + patience(0);
        auto const after =
            reader_->is_whole() ? after_answer() : AfterAnswer::close;  // an unread body cannot be skipped safely
        if (auto problem = objection()) {
            refuse(std::move(*problem), after);
            return false;
        }
        auto outcome = common_.router.find(request_->method, segments_);
        if (auto* const wrong = std::get_if<Router::WrongMethod>(&outcome)) {
            answer_allowed(std::move(wrong->allow), after);
            return false;
        }
        auto* const found = std::get_if<Router::Found>(&outcome);
        if (found == nullptr) {
            refuse({Status::not_found, "there is nothing at this address"}, after);
            return false;
        }
        route_ = found->route;
        request_->path_parameters = std::move(found->parameters);
        if (!reader_->limit_body(route_->options.body_limit)) {
            refuse(
                {Status::content_too_large, fmt::format("a body may have {} bytes here", route_->options.body_limit)},
                after);
            return false;
        }
        return true;
    }

    /// Fills the request from the head; what stands against serving it.
    std::optional<Problem> objection() {
        auto headers = reader_->headers();
        if (!headers || reader_->has_doubtful_framing())
            return Problem{Status::bad_request, "a header field is malformed"};
        if (auto hasty = take_turn(*headers)) return hasty;
        auto const method = reader_->method();
        if (!method) return Problem{Status::not_implemented, "this server does not know the method"};
        auto target = reader_->target() == "*" && *method == Method::options ? parse_target("/")
                                                                             : parse_target(reader_->target());
        if (!target) return Problem{Status::bad_request, "the request's target is malformed"};
        request_->method = *method;
        request_->headers = std::move(*headers);
        request_->path = std::move(target->path);
        segments_ = std::move(target->segments);
        if (auto foreign = common_.policy.objection(*method, request_->scheme, request_->headers, target->authority)) {
            return foreign;
        }
        request_->authority = target->authority.empty() ? std::string(*request_->header("Host")) : target->authority;
        if (!target->query)
            return Problem{Status::unprocessable_content, "the query is not percent-encoded UTF-8 text"};
        request_->query = std::move(*target->query);
        return std::nullopt;
    }

    /// Learns who asks, and whether they may ask so often.
    std::optional<Problem> take_turn(Headers const& headers) {
        auto const caller = common_.proxies.caller(connected_, headers);
        request_->peer = caller.address;
        request_->scheme = caller.scheme;
        auto const wait = common_.rate.refuse(caller.address, now());
        if (!wait) return std::nullopt;
        ++common_.rate_limited;
        Problem problem{Status::too_many_requests, "this address asks too often; ask more slowly"};
        problem.retry_after = std::chrono::ceil<std::chrono::seconds>(*wait);
        return problem;
    }

    void answer_allowed(std::string allow, AfterAnswer after) {
        bool const asked_for = request_->method == Method::options;
        auto response = asked_for
                            ? no_content()
                            : to_response(Problem{Status::method_not_allowed, "this address does not take the method"});
        response.headers.set("Allow", std::move(allow));
        answer_now(std::move(response), after);
    }

    void expect_body() {
        if (!reader_->expects_continue() || reader_->body_bytes() > 0) return read();
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        channel_.async_write(asio::buffer(go_on), [self = shared_from_this()](auto fault) {
            if (self->closed_) return;
            if (self->late_) return self->refuse_late();
            if (fault) return self->close();
            self->read();
        });
    }

    /// Counts what has come of the body; false when that is more than we hold for all clients.
    bool hold_body() {
        auto const bytes = reader_->body_bytes();
        common_.bodies_held += bytes - held_;
        held_ = bytes;
        deadline_ = since_ + patience(bytes);
        if (common_.bodies_held <= common_.options.limits.bodies_held) return true;
        overload(AfterAnswer::close);
        return false;
    }

    void release_body() {
        common_.bodies_held -= held_;
        held_ = 0;
    }

    // Handling

    AfterAnswer after_answer() const {
        return reader_->may_stay_open() && !common_.stopping ? AfterAnswer::keep_open : AfterAnswer::close;
    }

    void dispatch() {
        request_->body = reader_->take_body();
        state_ = State::answering;
        deadline_.reset();
        auto job = [self = shared_from_this(), request = request_, route = route_, after = after_answer()]() mutable {
            auto answer = self->handle(*request, *route, after);
            request.reset();
            asio::post(self->common_.io, [self, answer = std::move(answer)]() mutable {
                if (!self->closed_) self->write(std::move(answer));
            });
        };
        if (!common_.pool.submit(route_->options.lane, std::move(job))) overload(after_answer());
    }

    /// On a handler thread.
    Answer handle(Request const& request, Route const& route, AfterAnswer after) const {
        auto const began = now();
        Response response;
        try {
            response = route.handler(request);
        } catch (std::exception const& bug) {
            common_.report(fmt::format("{} {}: {}", to_text(request.method), route.pattern, bug.what()));
            response = to_response(
                Problem{Status::internal_error, "something went wrong here; it was reported to the operator"});
        }
        auto answer = finish(asked(request, after), std::move(response), common_.clock);
        observe(request, route.pattern, answer, now() - began);
        return answer;
    }

    void observe(Request const& request, std::string_view pattern, Answer const& answer, Moment::duration took) const {
        if (!common_.observers.exchange) return;
        bool const readable = !request.path.empty();
        common_.observers.exchange({readable ? to_text(request.method) : "", pattern, answer.status,
                                    std::chrono::duration_cast<std::chrono::microseconds>(took),
                                    answer.body.bytes.size(), request.peer});
    }

    void overload(AfterAnswer after) {
        ++common_.overloaded;
        Problem problem{Status::service_unavailable, "too much is being asked at once; try again shortly"};
        problem.retry_after = std::chrono::seconds(2);
        refuse(std::move(problem), after);
    }

    void refuse(Problem problem, AfterAnswer after) { answer_now(to_response(problem), after); }

    void refuse_late() { refuse({Status::request_timeout, "the request did not come in time"}, AfterAnswer::close); }

    /// Without a handler.
    void answer_now(Response response, AfterAnswer after) {
        auto answer = finish(asked(*request_, after), std::move(response), common_.clock);
        observe(*request_, route_ != nullptr ? route_->pattern : "", answer, {});
        write(std::move(answer));
    }

    // Writing

    void write(Answer answer) {
        if (answer.parts.next && !reader_->takes_chunks())
            return refuse({Status::not_implemented, "an answer of this kind needs HTTP/1.1"}, AfterAnswer::close);
        release_body();
        request_ = nullptr;
        answer_ = std::move(answer);
        state_ = State::writing;
        deadline_ = now() + patience(answer_.body.bytes.size());
        std::array<asio::const_buffer, 2> const buffers{
            asio::buffer(answer_.head), asio::const_buffer(answer_.body.bytes.data(), answer_.body.bytes.size())};
        channel_.async_write(buffers, [self = shared_from_this()](auto fault) { self->was_written(fault); });
    }

    void was_written(boost::system::error_code const& fault) {
        if (closed_) return;
        if (fault) return close();
        answer_.body = {};
        if (answer_.stream) return begin_stream();
        if (answer_.parts.next) return make_part();
        finish_answer();
    }

    void finish_answer() {
        if (answer_.after == AfterAnswer::close || common_.stopping) return linger();
        begin_request();
        if (buffer_.size() > 0) return advance();
        read();
    }

    /// Closing while bytes from the client wait unread would make the kernel reset the connection, and the client might
    /// never read the answer (RFC 9112 §9.6).
    void linger() {
        if (common_.stopping) return close();
        bool const reading_already = state_ == State::streaming;
        state_ = State::lingering;
        deadline_ = now() + std::chrono::seconds(2);
        late_ = false;
        buffer_.consume(buffer_.size());
        channel_.async_end_writing([self = shared_from_this(), reading_already](auto /*fault*/) {
            if (!self->closed_ && !reading_already) self->read();
        });
    }

    // A body that is made while it is sent

    void make_part() {
        state_ = State::making;
        deadline_.reset();
        auto job = [self = shared_from_this()] {
            auto part = self->next_part();
            asio::post(self->common_.io, [self, part = std::move(part)]() mutable {
                if (!self->closed_) self->send_part(std::move(part));
            });
        };
        // While all are busy, the sweep comes back to it.
        if (!common_.pool.submit(Lane::heavy, std::move(job))) deadline_ = now() + std::chrono::seconds(1);
    }

    struct Part {
        enum class Is { middle, last, broken };
        Is is = Is::middle;
        std::string bytes{};
    };

    /// On a handler thread; nobody else looks at the parts meanwhile.
    Part next_part() {
        try {
            auto made = answer_.parts.next();
            if (made) return {Part::Is::middle, std::move(*made)};
            return {Part::Is::last, {}};
        } catch (std::exception const& fault) {
            common_.report(fmt::format("an answer broke off: {}", fault.what()));
            return {Part::Is::broken, {}};
        }
    }

    void send_part(Part part) {
        if (part.is == Part::Is::broken) return close();
        bool const is_last = part.is == Part::Is::last;
        if (!is_last && part.bytes.empty()) return make_part();
        part_ = is_last ? "0\r\n\r\n" : fmt::format("{:x}\r\n{}\r\n", part.bytes.size(), part.bytes);
        state_ = State::writing;
        deadline_ = now() + patience(part_.size());
        std::array<asio::const_buffer, 1> const buffers{asio::buffer(part_)};
        channel_.async_write(buffers, [self = shared_from_this(), is_last](auto fault) {
            if (self->closed_) return;
            if (fault) return self->close();
            self->part_ = {};
            if (!is_last) return self->make_part();
            self->answer_.parts = {};
            self->finish_answer();
        });
    }

    // Streaming

    void begin_stream() {
        state_ = State::streaming;
        stream_ = std::move(answer_.stream);
        ++common_.streams;
        stream_->attach([weak = weak_from_this(), &io = common_.io] {
            asio::post(io, [weak] {
                if (auto const self = weak.lock()) self->pump();
            });
        });
        buffer_.consume(buffer_.size());
        read();  // that is how we learn that the client has left
        pump();
        if (common_.stopping && !closed_) wind_down();
    }

    void pump() {
        if (closed_ || state_ != State::streaming) return;
        if (stream_->ending() == EventStream::Ending::overflowed) {
            ++common_.dropped_streams;
            return close();
        }
        if (writing_) return;
        auto taken = stream_->take(large_read);
        if (!taken.frames.empty()) return send(std::move(taken.frames));
        if (taken.ending == EventStream::Ending::closed) {
            end_stream();
            return linger();
        }
        deadline_ = now() + common_.options.deadlines.heartbeat;
    }

    void send(std::vector<Frame> frames) {
        writing_ = true;
        sending_ = std::move(frames);
        std::vector<asio::const_buffer> buffers;
        buffers.reserve(sending_.size());
        for (auto const& frame : sending_) buffers.push_back(asio::buffer(*frame));
        deadline_ = now() + patience(asio::buffer_size(buffers));
        channel_.async_write(buffers, [self = shared_from_this()](auto fault) {
            self->writing_ = false;
            self->sending_.clear();
            if (self->closed_) return;
            if (fault) return self->close();
            self->pump();
        });
    }

    void send_heartbeat() {
        static auto const comment = std::make_shared<std::string const>(":\n\n");
        send({comment});
    }

    void end_stream() {
        if (!stream_) return;
        stream_->detach();
        stream_.reset();
        --common_.streams;
    }

    static constexpr std::size_t small_read = 4096;  // what thousands of silent connections may cost each
    static constexpr std::size_t large_read = 64 * 1024;
    static constexpr std::size_t most_lingering = 1024 * 1024;

    ServerState& common_;
    Channel channel_;
    Caller const connected_;
    State state_ = State::waiting;
    Moment since_;
    std::optional<Moment> deadline_;
    bool late_ = false;
    bool closed_ = false;
    boost::beast::flat_buffer buffer_;
    std::optional<RequestReader> reader_;
    std::shared_ptr<Request> request_;
    std::vector<std::string> segments_;
    Route const* route_ = nullptr;
    std::size_t held_ = 0;
    std::size_t lingered_ = 0;
    Answer answer_;
    std::string part_;  ///< That is being written.
    std::shared_ptr<EventStream> stream_;
    std::vector<Frame> sending_;
    bool writing_ = false;
};

}  // namespace kula::net
