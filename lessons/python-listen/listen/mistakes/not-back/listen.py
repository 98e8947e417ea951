import os

import paho.mqtt.subscribe as subscribe

# One message, and the program is over.
message = subscribe.simple('home/livingroom/temperature', hostname=os.environ['HOST'],
                           port=int(os.environ['PORT']), auth={'username': os.environ['ROOM']})
print(message.topic, message.payload.decode())
