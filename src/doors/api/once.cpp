#include "once.hpp"

#include <algorithm>

#include "reply.hpp"
#include "storage/rider.hpp"

namespace kula::api {
namespace {

constexpr std::string_view header = "Idempotency-Key";
constexpr std::size_t longest_key = 255;
constexpr std::chrono::minutes life_of_a_secret{10};

/// A string of RFC 8941 §3.3.3, as the draft wants it, or the same without its quotes, as many send it.
std::optional<std::string> parse_key(std::string_view text) {
    std::string key;
    bool const is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    if (is_quoted) text = text.substr(1, text.size() - 2);
    bool is_escaped = false;
    for (char const c : text) {
        if (c <= ' ' || c > '~' || (c == '"' && !is_escaped)) return std::nullopt;
        is_escaped = is_quoted && c == '\\' && !is_escaped;
        if (!is_escaped) key.push_back(c);
    }
    if (is_escaped) return std::nullopt;
    if (key.empty() || key.size() > longest_key) return std::nullopt;
    return key;
}

/// Everything that makes it this request. A length before each part keeps two requests from reading the same.
std::string whole(net::Request const& request) {
    std::string out;
    auto const add = [&out](std::string_view part) { out.append(std::to_string(part.size()) + ':').append(part); };
    add(net::to_text(request.method));
    add(request.path);
    for (auto const& [name, value] : request.query) {
        add(name);
        add(value);
    }
    add(request.media_type());
    add(request.body);
    return out;
}

std::string packed(net::Response const& response, std::string const& body) {
    Json headers = Json::array();
    for (auto const& [name, value] : response.headers) headers.push_back({name, value});
    return written({{"status", net::number(response.status)}, {"headers", std::move(headers)}, {"body", body}});
}

net::Response unpacked(std::string const& text) {
    auto const json = Json::parse(text);
    net::Response response;
    response.status = static_cast<net::Status>(json.at("status").get<unsigned>());
    for (auto const& field : json.at("headers"))
        response.headers.add(field.at(0).get<std::string>(), field.at(1).get<std::string>());
    response.headers.set("Idempotency-Replayed", "true");
    response.body = json.at("body").get<std::string>();
    return response;
}

net::Response in_conflict(std::string detail, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
    return net::to_response(net::Problem{net::Status::conflict, std::move(detail), {}, retry_after});
}

bool was_carried_out(net::Response const& response) {
    return net::number(response.status) >= 200 && net::number(response.status) < 300;
}

/// Gives a key free again.
class UnderWay {
public:
    UnderWay(std::mutex& mutex, std::set<std::string>& keys, std::string key)
        : mutex_(mutex), keys_(keys), key_(std::move(key)) {
        std::lock_guard const lock(mutex_);
        is_first_ = keys_.insert(key_).second;
    }
    ~UnderWay() {
        if (!is_first_) return;
        std::lock_guard const lock(mutex_);
        keys_.erase(key_);
    }
    UnderWay(UnderWay const&) = delete;
    UnderWay& operator=(UnderWay const&) = delete;
    [[nodiscard]] bool is_first() const { return is_first_; }

private:
    std::mutex& mutex_;
    std::set<std::string>& keys_;
    std::string const key_;
    bool is_first_ = false;
};

}  // namespace

net::Response Once::answer(net::Request const& request, Caller const& caller, OperationRule const& rule,
                           GuardedHandler const& handler) {
    auto const told = request.header(header);
    if (!told) return handler(request, caller);
    auto key = parse_key(*told);
    if (!key || request.headers.count(header) > 1)
        return refusal({{std::string(header), "must be one key of 1 to 255 visible characters"}});
    journal::RequestKey const asked{caller.identity.actor, std::move(*key), whole(request)};
    UnderWay const under_way(mutex_, under_way_, asked.caller + '\n' + asked.key);
    if (!under_way.is_first())
        return in_conflict("a request with this Idempotency-Key is under way", std::chrono::seconds(1));
    auto const receipt = receipts_.find(asked);
    if (!receipt) return refusal(receipt.error());
    if (!*receipt) return answer_first(request, caller, asked, rule, handler);
    if (!(*receipt)->is_of_this_request)
        return refusal({{std::string(header), "was used for another request; take a new one"}});
    if ((*receipt)->answer) return unpacked(*(*receipt)->answer);
    return in_conflict("this was carried out already; its answer is not kept any more, so read what it made");
}

net::Response Once::answer_first(net::Request const& request, Caller const& caller, journal::RequestKey const& key,
                                 OperationRule const& rule, GuardedHandler const& handler) {
    if (auto const admitted = receipts_.admit(key.caller); !admitted) {
        if (admitted.error().fault != base::Fault::refused) return refusal(admitted.error());
        return net::to_response(
            net::Problem{net::Status::too_many_requests, admitted.error().detail, {}, std::chrono::hours(1)});
    }
    net::Response response;
    bool has_changed_something = false;
    {
        storage::Rider rider([&](storage::Session& session) { return receipts_.write(session, key); });
        response = handler(request, caller);
        has_changed_something = rider.has_arrived();
    }
    auto const* const body = std::get_if<std::string>(&response.body);
    if (was_carried_out(response) && body != nullptr) {
        auto const life =
            rule.tells_secret ? std::chrono::seconds(life_of_a_secret) : std::chrono::seconds(journal::receipt_life);
        // Where this fails, nothing happens twice all the same: the receipt stands since the change itself.
        static_cast<void>(receipts_.keep(key, packed(response, *body), life));
    } else if (has_changed_something) {
        static_cast<void>(receipts_.drop(key));
    }
    return response;
}

}  // namespace kula::api
