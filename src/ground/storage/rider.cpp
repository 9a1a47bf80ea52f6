#include "storage/rider.hpp"

#include <utility>

#include "base/must.hpp"

namespace kula::storage {
namespace {

Rider*& of_this_thread() {
    thread_local Rider* rider = nullptr;
    return rider;
}

}  // namespace

Rider::Rider(Call call) : call_(std::move(call)) {
    base::must(of_this_thread() == nullptr, "one rider at a time in a thread");
    of_this_thread() = this;
}

Rider::~Rider() { of_this_thread() = nullptr; }

Rider* Rider::waiting() {
    auto* const rider = of_this_thread();
    return rider != nullptr && !rider->has_arrived_ ? rider : nullptr;
}

}  // namespace kula::storage
