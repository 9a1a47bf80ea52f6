#include "export_sessions.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace kula::formats {

std::shared_ptr<ExportSession> ExportSessions::see(SessionKey const& key, base::Instant received) {
    std::shared_ptr<ExportSession> session;
    {
        std::shared_lock const lock(mutex_);
        if (auto const found = sessions_.find(key); found != sessions_.end()) session = found->second;
    }
    if (session == nullptr) session = open(key, received);
    session->last_seen.store(base::to_microseconds(received), std::memory_order_relaxed);
    return session;
}

std::shared_ptr<ExportSession> ExportSessions::open(SessionKey const& key, base::Instant received) {
    std::unique_lock const lock(mutex_);
    if (auto const found = sessions_.find(key); found != sessions_.end()) return found->second;
    if (sessions_.size() >= bound_) forget_oldest_locked();
    auto domain_key = key;
    domain_key.exporter.port = 0;
    auto& shared = domains_[domain_key];
    auto domain = shared.lock();
    if (domain == nullptr) shared = domain = std::make_shared<ExportDomain>();
    return sessions_.emplace(key, std::make_shared<ExportSession>(key, std::move(domain), received)).first->second;
}

void ExportSessions::forget_oldest() {
    std::unique_lock const lock(mutex_);
    forget_oldest_locked();
}

void ExportSessions::forget_oldest_locked() {
    std::vector<std::pair<std::int64_t, SessionKey>> by_age;
    by_age.reserve(sessions_.size());
    for (auto const& [key, session] : sessions_) by_age.emplace_back(session->last_seen.load(), key);
    auto const count = std::min(by_age.size(), bound_ / 16 + 1);
    auto const middle = by_age.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(by_age.begin(), middle, by_age.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    std::for_each(by_age.begin(), middle, [&](auto const& old) {
        auto const place = sessions_.find(old.second);
        lost_by_forgotten_ += place->second->lost;
        sessions_.erase(place);
    });
    std::erase_if(domains_, [](auto const& domain) { return domain.second.expired(); });
}

std::vector<std::shared_ptr<ExportSession>> ExportSessions::all() const {
    std::vector<std::shared_ptr<ExportSession>> sessions;
    std::shared_lock const lock(mutex_);
    sessions.reserve(sessions_.size());
    for (auto const& [key, session] : sessions_) sessions.push_back(session);
    return sessions;
}

std::uint64_t ExportSessions::lost() const {
    std::shared_lock const lock(mutex_);
    auto lost = lost_by_forgotten_;
    for (auto const& [key, session] : sessions_) lost += session->lost;
    return lost;
}

}  // namespace kula::formats
