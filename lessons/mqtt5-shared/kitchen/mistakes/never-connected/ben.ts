console.log('Ben is at home.');
