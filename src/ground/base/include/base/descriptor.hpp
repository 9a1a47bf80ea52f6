#pragma once
/// @file
/// An open file or socket, closed with its owner.

#include <unistd.h>

namespace kula::base {

/// Takes what `open`, `socket` or `accept` answered, also where that failed. The standard streams stay open.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ > STDERR_FILENO) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

}  // namespace kula::base
