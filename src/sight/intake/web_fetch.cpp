#include "web_fetch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "content.hpp"
#include "net/client.hpp"
#include "net/reach.hpp"
#include "net/web_address.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::chrono::seconds longest_fetch = std::chrono::hours(1);
constexpr std::size_t head_bytes = 1024;  // by which a web page is told
constexpr std::size_t longest_validator = 1000;
constexpr std::size_t largest_refusal = 256 * 1024;  // of an answer that is no delivery

using Take = std::function<base::Result<void>(std::string_view piece)>;

/// Takes the body as it comes.
class Body {
public:
    Body(Take take, std::uint64_t most_bytes) : take_(std::move(take)), most_bytes_(most_bytes) {}

    bool add(std::string_view bytes) {
        bytes_ += bytes.size();
        if (bytes_ > most_bytes_) return fail(base::invalid(fmt::format("it is longer than {} bytes", most_bytes_)));
        if (head_.size() < head_bytes) {
            head_ += bytes.substr(0, head_bytes - head_.size());
            if (head_.size() == head_bytes && !is_no_page()) return false;
        }
        auto const added = take_(bytes);
        return added.has_value() || fail(added.error());
    }
    /// Whether it is a delivery; to be asked at its end.
    [[nodiscard]] bool is_no_page() {
        return !is_web_page(head_) || fail(base::invalid("the server answered with a web page, not with a report"));
    }
    [[nodiscard]] std::optional<base::Error> const& failed() const { return failed_; }

private:
    bool fail(base::Error error) {
        failed_ = std::move(error);
        return false;
    }

    Take take_;
    std::uint64_t const most_bytes_;
    std::uint64_t bytes_ = 0;
    std::string head_{};
    std::optional<base::Error> failed_{};
};

net::ClientRequest request_for(WebQuestion const& question, net::WebAddress const& address) {
    net::ClientRequest request;
    request.target = address.target;
    for (auto const& header : question.headers) request.headers.add(header.name, header.value.value_or(""));
    if (!question.etag.empty()) request.headers.add("If-None-Match", question.etag);
    if (!question.last_modified.empty()) request.headers.add("If-Modified-Since", question.last_modified);
    return request;
}

std::string validator(net::ClientAnswer const& answer, std::string_view name) {
    auto const value = answer.headers.find(name).value_or("");
    return value.size() <= longest_validator ? std::string(value) : std::string();
}

/// All but what becomes of the body, which is given to `take`.
Fetched asked(WebQuestion const& question, std::vector<base::Prefix> const& besides, Take take,
              base::Clock const& clock, std::stop_token const& stop) {
    Fetched out;
    auto const address = net::WebAddress::parse(question.url);
    if (!address) {
        out.failed = base::invalid("the address is none");
        return out;
    }
    auto client = net::Client::open(
        {.server = address->server,
         .in_the_clear = question.headers.empty() ? net::InTheClear::anywhere : net::InTheClear::on_loopback,
         .largest_answer = largest_refusal,
         .longest = longest_fetch,
         .may_reach = [&](base::Address to) { return net::is_within_reach(to, besides); },
         .stop = stop});
    if (!client) {
        out.failed = client.error();
        return out;
    }
    Body body(std::move(take), question.most_bytes);
    auto const answer =
        (*client)->ask(request_for(question, *address), [&](std::string_view bytes) { return body.add(bytes); });
    if (!answer) {
        out.failed = answer.error();
        return out;
    }
    if (auto const wish = answer->headers.find("Retry-After")) out.not_before = net::retry_after(*wish, clock.now());
    bool const was_told = !question.etag.empty() || !question.last_modified.empty();
    out.is_unchanged = answer->status == 304 && was_told;
    if (out.is_unchanged) return out;
    if (answer->status != 200) {
        out.failed = refusal_of(*answer);
        return out;
    }
    if (body.failed() || !body.is_no_page()) {
        out.failed = body.failed();
        return out;
    }
    out.etag = validator(*answer, "ETag");
    out.last_modified = validator(*answer, "Last-Modified");
    return out;
}

}  // namespace

base::Error refusal_of(net::ClientAnswer const& answer) {
    auto const detail = net::sentence_of(answer);
    if (answer.status == 401 || answer.status == 403) return base::refused(detail);
    return answer.status == 404 || answer.status == 410 ? base::not_found(detail) : base::unavailable(detail);
}

Fetched fetch(WebQuestion const& question, std::vector<base::Prefix> const& besides, storage::BlobWriter& writer,
              base::Clock const& clock, std::stop_token const& stop) {
    auto out = asked(
        question, besides, [&](std::string_view piece) { return writer.add(std::as_bytes(std::span(piece))); }, clock,
        stop);
    if (out.failed || out.is_unchanged) return out;
    auto const blob = writer.finish();
    if (!blob) out.failed = blob.error();
    if (blob) out.blob = *blob;
    return out;
}

FetchedText fetch_text(WebQuestion const& question, std::vector<base::Prefix> const& besides, base::Clock const& clock,
                       std::stop_token const& stop) {
    FetchedText out;
    auto const take = [&](std::string_view piece) -> base::Result<void> {
        out.text += piece;
        return {};
    };
    static_cast<Fetched&>(out) = asked(question, besides, take, clock, stop);
    return out;
}

}  // namespace kula::intake
