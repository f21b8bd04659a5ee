#include "base/signals_held_back.h"

namespace conform {

SignalsHeldBack::SignalsHeldBack() : before_{} {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kStoppingSignals) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

SignalsHeldBack::~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace conform
