// Runs on your phone, in the same Wi-Fi. It has a password.
console.log('phone is in');
