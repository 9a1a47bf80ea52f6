#include "indicators/decay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::indicators {
namespace {

using Json = nlohmann::json;
using Days = std::chrono::duration<double, std::chrono::days::period>;

constexpr std::array all_kinds = {Kind::address, Kind::prefix, Kind::range, Kind::as_number, Kind::domain,
                                  Kind::url,     Kind::md5,    Kind::sha1,  Kind::sha256};

base::Result<double> number_of(Json const& entry, Kind kind, char const* name, double least, double most) {
    auto const found = entry.find(name);
    if (found == entry.end() || !found->is_number() || found->get<double>() < least || found->get<double>() > most) {
        return base::invalid(
            fmt::format("decay of {}: {} is a number from {} to {}", to_text(kind), name, least, most));
    }
    return found->get<double>();
}

base::Result<Decay> decay_of(Json const& table, Kind kind) {
    auto const entry = table.find(std::string(to_text(kind)));
    if (entry == table.end() || !entry->is_object()) {
        return base::invalid(fmt::format("decay of {}: is missing", to_text(kind)));
    }
    auto const days = number_of(*entry, kind, "lifetime_days", 1, 36500);
    auto const speed = number_of(*entry, kind, "speed", 0.01, 100);
    auto const threshold = number_of(*entry, kind, "threshold", 0, 100);
    for (auto const* value : {&days, &speed, &threshold}) {
        if (value->has_error()) return value->error();
    }
    return Decay{std::chrono::duration_cast<std::chrono::microseconds>(Days(*days)), *speed, *threshold};
}

}  // namespace

double score(double confidence, base::Instant last_seen, Decay const& decay, base::Instant now) {
    base::must(decay.lifetime.count() > 0 && decay.speed > 0, "a decay has a lifetime and a speed");
    if (now <= last_seen) return confidence;
    auto const age = static_cast<double>((now - last_seen).count()) / static_cast<double>(decay.lifetime.count());
    if (age >= 1) return 0;
    return confidence * (1 - std::pow(age, 1 / decay.speed));
}

base::Instant expires_at(double confidence, base::Instant last_seen, Decay const& decay) {
    if (confidence < decay.threshold || confidence <= 0) return last_seen;
    auto const age = std::pow(1 - decay.threshold / confidence, decay.speed);
    auto const whole = std::ceil(age * static_cast<double>(decay.lifetime.count()));
    return last_seen + std::chrono::microseconds(static_cast<std::int64_t>(whole));
}

bool is_expired(double confidence, base::Instant last_seen, std::optional<base::Instant> valid_until,
                Decay const& decay, base::Instant now) {
    if (valid_until && now >= *valid_until) return true;
    return now >= expires_at(confidence, last_seen, decay);
}

base::Result<DecayTable> DecayTable::parse(std::string_view json) {
    auto const table = Json::parse(json, nullptr, false);
    if (!table.is_object()) return base::invalid("decay: is no JSON object");
    if (table.size() != all_kinds.size()) return base::invalid("decay: holds one entry for each kind of indicator");
    DecayTable out;
    for (auto const kind : all_kinds) {
        auto const decay = decay_of(table, kind);
        if (decay.has_error()) return decay.error();
        out.decays_[static_cast<std::size_t>(kind)] = *decay;
    }
    return out;
}

DecayTable const& DecayTable::shipped() {
    static DecayTable const table = parse(shipped_data("indicator_decay.json")).value();
    return table;
}

}  // namespace kula::indicators
