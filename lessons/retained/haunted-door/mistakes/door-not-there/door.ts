console.log('no door');
