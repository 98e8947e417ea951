import os

import paho.mqtt.publish as publish

publish.single('home/lamp/set', 'on', hostname=os.environ['HOST'], port=int(os.environ['PORT']),
               auth={'username': os.environ['ROOM']})
print "sent"
