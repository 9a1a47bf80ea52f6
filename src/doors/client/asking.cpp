#include "asking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace kula::client {
namespace {

bool may_repeat(net::ClientRequest const& request, unsigned status) {
    if (status == 429) return true;
    return status == 503 && (request.method != net::Method::post || request.headers.has("Idempotency-Key"));
}

/// Seconds; a date, or nothing, counts as one more than was waited before.
std::chrono::seconds wanted_pause(net::ClientAnswer const& answer, unsigned attempt) {
    auto const told = answer.headers.find("Retry-After").value_or("");
    unsigned seconds = 0;
    auto const [stop, fault] = std::from_chars(told.data(), told.data() + told.size(), seconds);
    bool const is_number = !told.empty() && fault == std::errc() && stop == told.data() + told.size();
    return std::chrono::seconds(is_number ? std::max(seconds, 1u) : 1u << std::min(attempt, 5u));
}

}  // namespace

Asking::Asking(std::unique_ptr<net::Client> client, std::function<void(std::chrono::seconds)> pause,
               std::function<void(std::string_view)> tell, Patience patience)
    : client_(std::move(client)), pause_(std::move(pause)), tell_(std::move(tell)), patience_(patience) {}

base::Result<net::ClientAnswer> Asking::ask(net::ClientRequest const& request, net::Client::Sink const& sink) {
    std::chrono::seconds waited{0};
    for (unsigned attempt = 0;; ++attempt) {
        auto const begun = std::chrono::steady_clock::now();
        auto answer = client_->ask(request, sink);
        if (tell_) {
            auto const took =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
            tell_(fmt::format("{} {}: {} in {} ms", net::to_text(request.method), request.target,
                              answer ? std::to_string(answer->status) : answer.error().detail, took.count()));
        }
        if (!answer || !may_repeat(request, answer->status) || attempt + 1 >= patience_.attempts) return answer;
        auto const pause = wanted_pause(*answer, attempt);
        if (pause > patience_.longest || waited + pause > patience_.whole) return answer;
        if (tell_) tell_(fmt::format("asked to wait {} s", pause.count()));
        pause_(pause);
        waited += pause;
    }
}

}  // namespace kula::client
