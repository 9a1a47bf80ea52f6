#include "upper/look.hpp"

#ifdef ATTACK_declares_a_symbol_by_hand
namespace beside {
int open();
}
#else
#include "beside/open.hpp"
#endif
#ifdef ATTACK_includes_the_inside_of_a_room
#include "lower_secret.hpp"
#endif

int upper::look() { return lower::stand() + beside::open(); }
