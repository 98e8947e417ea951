// Runs on a guest's phone. It has no password.
console.log('guest is in');
