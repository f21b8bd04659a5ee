// Keeps the signals by which a run is stopped away from threads that only help.
#pragma once

#include <array>
#include <csignal>

namespace conform {

/// SIGHUP: the terminal is gone, which is no reason to lose the reports.
inline constexpr std::array kStoppingSignals = {SIGINT, SIGTERM, SIGHUP};

/// While it lives, these signals are held back from this thread and from those it begins;
/// those keep it so, and signals reach this one alone.
class SignalsHeldBack {
 public:
  SignalsHeldBack();
  ~SignalsHeldBack();
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t before_;
};

}  // namespace conform
