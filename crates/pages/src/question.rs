//! Questions of a form as the step page shows them.
